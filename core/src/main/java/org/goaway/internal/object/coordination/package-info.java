/**
 * The handles of barriers, semaphores, latches and longs: {@link org.goaway.internal.object.coordination.Waiter} lets a thread
 * wait, and takes its place back when it gives up.
 */
package org.goaway.internal.object.coordination;
