package org.goaway.protocol;

/** This member's monotonic clock. Its origin means nothing; only differences do, and only on the same member. */
@FunctionalInterface
public interface Clock {

    /** Nanoseconds since some fixed moment. */
    long nanos();
}
