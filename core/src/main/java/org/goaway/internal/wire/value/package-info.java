/**
 * What the codecs have in common with those who use them: {@link org.goaway.internal.wire.value.Bindings} and {@link
 * org.goaway.internal.wire.value.Handle} for what stands for something of the cluster, the exceptions, and the small tools
 * that the forms of values are made with.
 */
package org.goaway.internal.wire.value;
