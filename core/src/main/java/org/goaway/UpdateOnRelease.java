package org.goaway;

import java.time.Duration;

/**
 * An object that is changed in sections: {@link #acquire()}, reads and writes in local memory, {@link #release()}. For much
 * data that one member at a time works on.
 *
 * <p>One thread of the cluster is in a section of the object at a time, first come, first served. In the section it sees
 * all that was released before, and its own writes. A release takes effect as a whole: all of its writes or none. Outside
 * a section {@code get} reads this member's copy, which is some whole release, maybe not the latest; {@code set} and
 * {@code clear} are refused with {@link IllegalStateException}.
 *
 * <p>Acquiring costs one round trip to the object's home, a member that the name picks, none there. Reads and writes in the
 * section send nothing; releasing is one message to each member and waits for none. A section belongs to its thread, and
 * is reentrant. In this version a value is sent whole when it was set: changing in place what {@code get} returned is
 * not seen.
 *
 * <p>A lost member: its writes that were not released are dropped whole, and what it had released counts if any member has
 * it. Those who wait are served once the cluster has agreed to go on without it. A member that was out of the cluster has
 * lost its section: its next call in it throws {@link LockLostException}. Waiting ends with {@link UnavailableException} when
 * the object's home is silent, or this member cut off from the majority, for the configured time. A section's task that
 * ends without releasing drops its writes.
 *
 * <pre>{@code
 * try (var held = rc.acquire()) {
 *     rc.set("x", rc.get("x", 0) + 1);
 *     rc.set("y", rc.get("y", 0) - 1);
 * }
 * }</pre>
 */
public interface UpdateOnRelease extends SharedObject {

    /**
     * Enters a section, waiting for those before; closing what it returns is {@link #release()}.
     *
     * @throws UnavailableException if it cannot be had; no section is entered
     * @throws GoAwayException if this thread is interrupted while it waits; its interrupt flag is set
     */
    Held acquire();

    /**
     * Enters a section if that can be had within {@code atMost}, and tells whether it did.
     *
     * @throws UnavailableException as {@link #acquire()}
     * @throws GoAwayException as {@link #acquire()}
     */
    boolean tryAcquire(Duration atMost);

    /**
     * Leaves the section: sends its writes to all members and hands the section on. Does not wait.
     *
     * @throws LockLostException if the section was lost; its writes are dropped whole
     * @throws IllegalMonitorStateException if this thread is in no section of this object
     */
    void release();

    /**
     * Waits until all members have what this member has released of this object so far: then no loss of members loses it
     * while one that has all data lives. One round trip to the slowest member; a lost member is waited for until the
     * cluster has agreed to go on without it. Returns at once if there is nothing to wait for. What the current thread's
     * section has written is not released yet and does not count.
     *
     * @throws UnavailableException if that is not known within the configured time, for example without a majority; the
     *     releases stay as they are: repeat it later
     * @throws OutcomeUnknownException if this member was out of the cluster after a release: the others may have gone on
     *     without that release. Thrown once; read before you repeat what was released
     */
    void flush();
}
