package org.goaway.internal.output;

import org.goaway.protocol.Message;

/**
 * The spawner has printed so much of what a task printed.
 *
 * @param task which of the spawner's tasks; 0: a thread of a task that has ended
 * @param attempt which attempt at it
 * @param bytes how much since the last of these messages
 */
public record PrintedAck(long task, int attempt, int bytes) implements Message {}
