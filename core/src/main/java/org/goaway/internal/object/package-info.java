/**
 * The shared objects as a program sees them: joins each handle to its protocol.
 *
 * <p>{@link org.goaway.internal.object.SharedObjects} gives the handles. A handle belongs to one application: it decodes
 * with that application's codec. Reads of replicated objects look at this member's replica in the calling thread; all
 * else is brought to the event loop, and the calling thread waits through {@link org.goaway.protocol.Waiting}.
 */
package org.goaway.internal.object;
