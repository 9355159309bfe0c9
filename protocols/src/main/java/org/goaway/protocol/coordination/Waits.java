package org.goaway.protocol.coordination;

import org.goaway.protocol.Message;

/**
 * A place has to wait.
 *
 * @param standing at a barrier the parties that are there, at a semaphore the places before this one, at a latch its count
 */
public record Waits(long place, long standing) implements Message {}
