package org.goaway.internal.output;

import org.goaway.protocol.Message;

/**
 * What a task printed, to its spawner.
 *
 * @param task which of the spawner's tasks; 0: a thread of a task that has ended
 * @param attempt which attempt at it
 * @param error whether to the error stream
 * @param text UTF-8; whole lines, but for the end of a task's output and lines that are too long
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
public record Printed(long task, int attempt, boolean error, byte[] text) implements Message {}
