/**
 * Locks with fencing tokens and named conditions; also the lock of each release-consistent object.
 *
 * <p>Idea: each lock has a home that keeps its queue and serves it first come, first served (PROTOCOLS.md 3, without the
 * data). A requester repeats ACQUIRE until it hears GRANT; the home repeats GRANT to the holder, more and more seldom, until
 * it learns how the hold ended. So UNLOCK needs neither an answer nor a timer of its own: whoever is asked about a hold
 * that it no longer has says how it ended. Signals travel inside UNLOCK and AWAIT, since nobody they wake can go on before
 * that message arrives anyway.
 *
 * <p>Invariants: at most one token of a lock is held in an epoch; tokens only rise; grants are in the order in which
 * requests reached the home, a signalled request counting from its signal; a signal wakes a request that still wants to be
 * woken, if one waits.
 *
 * <p>Across epochs (3.5): what a home knew is void; it grants nothing before all members that were in before have reported
 * what they hold, and goes on from there. Waiting requests are sent anew; who awaits a condition wakes. A member that was
 * dropped has lost its holds, and is told so.
 *
 * <p>Survives loss, delay, duplication and reordering of messages, crashes, pauses, false suspicion, and members that join or
 * come back. Within an epoch nobody takes over what a lost holder held (D5).
 */
package org.goaway.protocol.lock;
