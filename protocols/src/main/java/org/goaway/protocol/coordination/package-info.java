/**
 * Barriers, semaphores, latches and shared longs: the objects by which threads of many members wait for each other.
 *
 * <p>Their state, {@link org.goaway.protocol.coordination.CoordinationState}, is part of the replicated log's state machine, so
 * each is linearizable and survives what the log survives. A thread that has to wait has a <em>place</em>: its member and
 * a number that the member gave. How the wait of a place ended is told by a message that may be lost; the member asks again
 * now and then ({@link org.goaway.protocol.coordination.CoordinationCommand.Sync}), which is also how places are taken
 * back whose threads have given up. So a place is never forgotten on either side: it ends once, and its member learns how.
 *
 * <p>What a member holds that leaves the epoch returns: its permits, its places.
 */
package org.goaway.protocol.coordination;
