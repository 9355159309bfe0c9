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
 * is reentrant.
 *
 * <p><b>Live data.</b> Between acquire and release {@code get} returns the section's working copy of a value: arrays, collections
 * and plain objects may be changed in place, at any depth. Release finds out by comparing, and sends what changed: runs of
 * elements, entries, fields. What cannot be changed (numbers, strings, enums, {@code java.time}) costs nothing; of all
 * else that a section gets, the value is decoded for it, and encoded again at release. Not noticed are: changes after
 * release to what a section has got, changes to what {@code get} returned outside a section, and changes by another thread
 * while the section's thread releases. A copy obtained in a section is not that of the next section. A list, array or
 * record that is in two places of a value is two for those that get it, unless the value has objects of the program's own classes. {@link
 * #array} is the way for large arrays of numbers.
 *
 * <p>Outside a section {@code get} returns a copy that all readers of this member share: some whole release, at worst an old
 * one, never half of a section.
 *
 * <p>A lost member: its writes that were not released are dropped whole, and what it had released counts if any member has
 * it. Those who wait are served once the cluster has agreed to go on without it. A member that was out of the cluster has
 * lost its section: its next call in it throws {@link LockLostException}. A member that is cut off does not know whether it has:
 * calls in the section wait, up to the configured time of an operation, and where that stays so throw {@link
 * UnavailableException}, {@code release} throws {@link LockLostException}. Waiting to enter ends with {@link UnavailableException} when
 * the object's home is silent, or this member cut off from the majority, for the configured time. A section's task that
 * ends without releasing drops its writes. Accesses inside an array or object that was obtained before cannot be checked: a loss
 * shows at the next call on this object or at release, and then what the section has changed in arrays is taken back.
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
     * @throws UnavailableException if it cannot be had, or is to be entered again by a member that is cut off; no section is
     *     entered
     * @throws LockLostException if this thread has lost a section that it has not left; no other is entered
     * @throws GoAwayException if this thread is interrupted while it waits; its interrupt flag is set
     */
    Held acquire();

    /**
     * Enters a section if that can be had within {@code atMost}, and tells whether it did. Without time, zero or less, it asks
     * the object's home once: it waits for the answer, whatever interrupts, while the home is silent up to the configured time
     * and a few seconds more. After a change of the members the home answers once all have told it what they hold and it has
     * the object's latest content.
     *
     * @return whether it did; false, after {@code atMost}, also for a thread that is in a section already whose member is cut off
     * @throws UnavailableException if it cannot be had; no section is entered
     * @throws LockLostException as {@link #acquire()}
     * @throws GoAwayException as {@link #acquire()}
     */
    boolean tryAcquire(Duration atMost);

    /**
     * Leaves the section: sends its writes to all members and hands the section on. Does not wait for others, but while this
     * member is cut off: then, whatever interrupts, up to the configured time of an operation until it knows whether the section
     * is lost.
     *
     * @throws NotTransferableException if something that was put into the section's copies cannot travel; it names field and
     *     path; or if all fields together would take more than 512 MiB. The section is left, and all of its writes are dropped
     * @throws LockLostException if the section was lost, or may have been and this member does not come to know; its writes are
     *     dropped whole
     * @throws IllegalMonitorStateException if this thread is in no section of this object
     */
    void release();

    /**
     * The plain Java array of a field, for computing: {@code double[] grid = rc.array("grid", double[].class, n)}. Reading and
     * writing it costs what reading and writing any array costs.
     *
     * <p>There is one instance for each field, application and member, whoever asks and when; {@code get} returns it, too. What a
     * section changes in it travels at release as runs of changed elements, and arrives in the others' instances: at
     * the latest when they acquire, else soon. A field that is not set is an array of zeros, and is set by the first section that
     * changes an element.
     *
     * <p>May be called in a section or outside. Outside, elements are at worst old, each by itself: a reader may see some elements
     * of a release and not yet others. Do not write outside a section: that is not noticed at once, and may be overwritten, or
     * travel with a later section of this member. Threads that a section's thread starts may write for it, if it waits for
     * them before it releases. Of the many bit patterns of NaN one is kept; 0.0 and -0.0 are told apart.
     *
     * <p>Takes three times the array's memory: the array, its twin for comparing, and its encoding. Releasing compares all
     * elements once, at the speed of memory. After {@link LockLostException} the array is as the twin, without what the
     * section changed. When somebody sets the field to an array of another type or length, this array keeps what it has,
     * and asking for it throws.
     *
     * @param type {@code double[].class}, {@code long[].class}, {@code int[].class}, {@code float[].class} or {@code byte[].class}
     * @throws WrongTypeException if the field has something else; it names object, field and both types
     * @throws IllegalArgumentException if the field has an array of another length, there are no arrays of that type, or its
     *     elements take more than 500 MiB; it names object, field and lengths
     */
    <A> A array(String field, Class<A> type, int length);

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
