/**
 * Which member may start which task, and what becomes of tasks when members get lost.
 *
 * <p>Idea: nobody can tell whether a lost member has started what it was given. So a spawner <b>assigns</b> tasks: a member
 * starts a task only if its spawner has told it to, and is told so for as many as it has slots, and a few more where tasks
 * are short. A task that is not assigned has certainly not started; when its member is lost it simply goes to another. One
 * that is assigned may have run. Envelopes are with all members already, so an assignment is a few bytes, and the first ones
 * ride in the envelopes themselves.
 *
 * <p>Each spawner counts the <b>stints</b> of each member: one ends when the spawner takes the member for lost, or hears that
 * the member has taken the spawner for lost. What was there then is settled a little later, by the tick, when it is known
 * who else is lost and who is back. Assignments and ends of tasks carry the stint, so what is left of an earlier
 * one means nothing, and a member that hears of a later one drops all that it did in the earlier.
 *
 * <p>Invariants: within a stint a member starts a task at most once; a task is assigned to one member at a time, and again
 * only after the stint of the former has ended or the member has said that it never started it; a task's end counts only
 * from where it is assigned.
 *
 * <p>Survives loss, delay, duplication and reordering of messages, crashes, pauses, and members that take each other for
 * lost, on one side or on both. Whether a member is lost is decided elsewhere; a wrong decision costs attempts, never a
 * second start without retries.
 */
package org.goaway.protocol.task;
