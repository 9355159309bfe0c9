package org.goaway.internal.object;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.goaway.metrics.StoreMXBean;

/** What is counted here, and what the protocol knows. */
record StoreFigures(String kind, StoreCounts counts, IntSupplier objects, LongSupplier rounds) implements StoreMXBean {

    @Override
    public String getKind() {
        return kind;
    }

    @Override
    public int getObjects() {
        return objects.getAsInt();
    }

    @Override
    public long getReads() {
        return counts.reads();
    }

    @Override
    public long getWrites() {
        return counts.writes();
    }

    @Override
    public long getRounds() {
        return rounds.getAsLong();
    }

    @Override
    public long getStalls() {
        return counts.stalls().count();
    }

    @Override
    public double getStallSeconds() {
        return counts.stalls().seconds();
    }
}
