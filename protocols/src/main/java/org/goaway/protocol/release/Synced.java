package org.goaway.protocol.release;

/** To the home: my copies have reached what your {@link Inventory} names. */
public record Synced(long epoch) implements ReleaseMessage {}
