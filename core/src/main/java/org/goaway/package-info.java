/**
 * What a program sees of GoAway: its functions run on the members of a cluster, and share objects between them under the
 * consistency that it picks for each object.
 *
 * <p>{@link org.goaway.GoAway} is the way in. Everything here is an interface, a value or an exception; the runtime is
 * found through {@link org.goaway.ClusterProvider}.
 */
package org.goaway;
