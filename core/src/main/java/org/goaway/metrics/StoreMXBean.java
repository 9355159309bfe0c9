package org.goaway.metrics;

/** The shared objects of one kind, as a member has and uses them. {@code type=Store,kind=…}. */
public interface StoreMXBean {

    /** {@code StrictCentralized}, {@code LinFastRead}, {@code Weak} or {@code UpdateOnRelease}. */
    String getKind();

    /** How many objects this member has copies of; of StrictCentralized only voters have any. */
    int getObjects();

    /**
     * How many fields programs have read here; -1: not counted, as is usual for all kinds but StrictCentralized. Their reads take some
     * nanoseconds, and counting would take as long again: {@code -Dgoaway.metrics.reads=true} does it nevertheless.
     */
    long getReads();

    /**
     * How many writes of programs here have had their effect: sets, updates, removals. Of UpdateOnRelease those within sections, also
     * if a section is lost later; what is changed in place is not counted.
     */
    long getWrites();

    /**
     * How many rounds this member has driven: entries of the log while it led it (StrictCentralized, and what else is kept there),
     * rounds as the home of an object (LinFastRead), batches sent (Weak), releases with changes (UpdateOnRelease).
     */
    long getRounds();

    /**
     * How many calls here that usually need not wait had to: reads, for a write or the lease (LinFastRead); sets, for the network (Weak);
     * calls within sections, for the lease (UpdateOnRelease). Always 0 for StrictCentralized, whose calls all wait.
     */
    long getStalls();

    /** How long those have waited, in seconds in all. */
    double getStallSeconds();
}
