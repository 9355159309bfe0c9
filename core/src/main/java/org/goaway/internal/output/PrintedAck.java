package org.goaway.internal.output;

import org.goaway.protocol.Message;

/**
 * The spawner has printed so much of what a task printed.
 *
 * @param task which of the spawner's tasks
 * @param bytes how much since the last of these messages
 */
public record PrintedAck(long task, int bytes) implements Message {}
