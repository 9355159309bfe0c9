package org.goaway.internal.object;

import java.util.concurrent.atomic.LongAdder;
import org.goaway.internal.metrics.Times;

/** What this member's programs do with the objects of one kind. Any thread. */
final class StoreCounts {

    /** A constant, so that reads that are not counted cost nothing: they take 4 ns, and counting takes as long again. */
    private static final boolean LOCAL_READS = Boolean.getBoolean("goaway.metrics.reads");

    private final boolean readsCounted;
    private final LongAdder reads = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final Times stalls = new Times();

    private StoreCounts(boolean readsCounted) {
        this.readsCounted = readsCounted;
    }

    /** Of objects that are read by messages. */
    static StoreCounts ofRemoteReads() {
        return new StoreCounts(true);
    }

    /** Of objects that are read in local memory. */
    static StoreCounts ofLocalReads() {
        return new StoreCounts(LOCAL_READS);
    }

    /** Static, so that where they are not counted {@code counts} is not even looked up. */
    static void readLocally(StoreCounts counts) {
        if (LOCAL_READS) {
            counts.reads.increment();
        }
    }

    void read() {
        reads.increment();
    }

    void written() {
        writes.increment();
    }

    /** A call that usually need not wait has waited since then. */
    void stalledSince(long start) {
        stalls.addSince(start);
    }

    /** -1: they are not counted. */
    long reads() {
        return readsCounted ? reads.sum() : -1;
    }

    long writes() {
        return writes.sum();
    }

    Times stalls() {
        return stalls;
    }
}
