package org.goaway;

/**
 * A lock or a section that this thread holds until {@link #close()}; made for try-with-resources. For the thread that got
 * it only.
 */
public interface Held extends AutoCloseable {

    /** The fencing token: it rises with every grant of the same lock or object, whoever gets it. */
    long token();

    /**
     * Ends the hold. Does not wait for other members, but while this one is cut off: then, whatever interrupts, up to the
     * configured time of an operation until it knows whether the hold is lost. Idempotent.
     *
     * @throws IllegalMonitorStateException in another thread than the one that got it, which still holds it then
     * @throws LockLostException if the hold was lost before, or may have been and this member does not come to know; where the block has thrown already, it is added to that as
     *     suppressed
     */
    @Override
    void close();
}
