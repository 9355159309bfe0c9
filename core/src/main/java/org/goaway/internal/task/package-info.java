/**
 * Runs functions on members: the spawner's side ({@link org.goaway.internal.task.Spawner}: placement, envelopes, futures)
 * and the side of the member that runs them ({@link org.goaway.internal.task.Runner}: slots, threads, context), joined by
 * {@link org.goaway.internal.task.Tasks}.
 *
 * <p>The handlers and ticks are called on the node's event loop and never block; user code, the codec and class loading run
 * on task threads, callback threads and the program's own.
 */
package org.goaway.internal.task;
