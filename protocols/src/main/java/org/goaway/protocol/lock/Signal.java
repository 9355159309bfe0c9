package org.goaway.protocol.lock;

/**
 * One call of signal or signalAll.
 *
 * @param condition the condition's name
 * @param all whether all that wait for it are woken, or only the one that waits longest
 */
public record Signal(String condition, boolean all) {}
