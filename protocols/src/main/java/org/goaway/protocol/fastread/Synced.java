package org.goaway.protocol.fastread;

/**
 * Whether this member's copies are complete, and in which stint: what was copied in one is void in the next (C6a). Any
 * thread reads it; only the event loop writes.
 */
class Synced {

    /** The number of the stint in which the copies are complete; 0: they are not. */
    private volatile long stint;

    private long last;

    /**
     * 0 while the copies are not complete, else a number that no other stint has. Whoever finds the same number before and
     * after it looked at a copy has looked at one of that stint.
     */
    long stint() {
        return stint;
    }

    void reached() {
        last++;
        stint = last;
    }

    void lost() {
        stint = 0;
    }
}
