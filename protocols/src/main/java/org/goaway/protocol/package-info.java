/**
 * Ports and values of the protocols.
 *
 * <p>A protocol is a function of messages and time: its inputs are operations, messages, epochs and ticks, its outputs go
 * through the ports of this package. Nothing here or below knows JGroups, starts a thread, takes a lock, sleeps or reads
 * a clock of its own, so that a seeded schedule replays exactly.
 */
package org.goaway.protocol;
