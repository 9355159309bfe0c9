package org.goaway.protocol.lock;

/** From the home: I have your {@link Report}. */
public record Reported(long epoch) implements LockMessage {}
