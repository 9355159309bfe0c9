package org.goaway.internal.object;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.goaway.ClusterClosedException;
import org.goaway.Held;
import org.goaway.LockLostException;
import org.goaway.UpdateOnRelease;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.diff.Change;
import org.goaway.protocol.release.Current;
import org.goaway.protocol.release.Release;

/** UpdateOnRelease: sections belong to threads; what one writes is its own until it releases. */
final class ReleaseHandle extends ObjectHandle implements UpdateOnRelease {

    private final Release release;
    private final Current current;
    private final Holds holds;
    private final AtomicReference<Hold> present;
    private final Entrance entrance;
    private final LiveArrays arrays;
    private final Differences differences;
    /** The last section that a thread of this application was in. */
    private volatile Hold latest;
    /** Whether the arrays may have what a section has changed that does not count: whoever comes in looks. */
    private volatile boolean untaken;

    ReleaseHandle(
            ObjectId id,
            Release release,
            Values values,
            Calls calls,
            Listeners listeners,
            Holds holds,
            StoreCounts counts) {
        super(id, values, calls, listeners, counts);
        this.release = release;
        this.current = release.replica().current(id);
        this.holds = holds;
        this.present = holds.present(id);
        this.arrays = new LiveArrays(id, release.replica(), values, calls);
        this.differences = new Differences(id, current, arrays, values.limit());
        this.entrance =
                new Entrance(id, calls, holds, holder -> new Claim.ForSection(release, release.acquire(id, holder)));
    }

    @Override
    Value read(String field) {
        return current.get(field);
    }

    /** In a section its own copy, which may be changed in place; a field's array is that array everywhere. */
    @Override
    Object object(String field) {
        StoreCounts.readLocally(counts);
        // Almost always so, and then as cheap as it can be.
        boolean plain = present.get() == null && !arrays.isUsed();
        return plain ? decode(read(field)) : objectFor(field);
    }

    private Object objectFor(String field) {
        Value copy = read(field); // before the lease is looked at: a pause in between is harmless then (L3)
        Hold section = goingOn(field);
        Workspace space = section == null ? null : workspace(section);
        LiveArray array = arrays.get(field);
        if (array != null && isShown(array, field, space)) {
            return array.array();
        }
        return space == null ? decode(copy) : space.open(field, copy);
    }

    /** Whether the field has what its array has, as the thread with this section sees it; null: it is in none. */
    private static boolean isShown(LiveArray array, String field, Workspace space) {
        if (space != null && space.isWritten(field)) {
            Value set = space.written(field);
            return set == null ? !array.isZero() : array.fits(set);
        }
        return switch (array.state()) {
            case PRESENT, UNKNOWN -> true;
            case ABSENT -> space != null && array.isChanged();
            case OTHER -> false;
        };
    }

    @Override
    void write(String field, Value value) {
        goingOn(field);
        workspace(section("set")).write(field, value);
        counts.written();
        LiveArray array = arrays.get(field);
        if (array != null && (value == null || array.fits(value))) {
            array.show(values.decodeOnce(value));
        }
    }

    @Override
    public <A> A array(String field, Class<A> type, int length) {
        checked(field);
        Objects.requireNonNull(type, "type");
        calls.checkOpen();
        Hold section = goingOn(field);
        Workspace space = section == null ? null : workspace(section);
        if (space != null) {
            space.settle(field);
        }
        boolean known = arrays.get(field) != null;
        LiveArray array = arrays.require(field, type, length);
        if (space != null && space.isWritten(field)) {
            Value set = space.written(field);
            if (set != null && !array.fits(set)) {
                throw arrays.other(field, array.array(), values.decode(set));
            } else if (!known) {
                array.show(values.decodeOnce(set));
            }
        }
        return type.cast(array.array());
    }

    private Workspace workspace(Hold section) {
        if (section.workspace == null) {
            section.workspace = new Workspace(id, values);
        }
        return section.workspace;
    }

    /**
     * The current thread's section, which goes on as long as this member holds its lease; null: it is in none. Without the
     * lease another may be in by an epoch unknown here: the thread waits until that is known (B2).
     *
     * @param field what it is about to look at; null: all
     */
    private Hold goingOn(String field) {
        Hold section = Holds.mine(present);
        if (section != null && !release.isLeased()) {
            long start = System.nanoTime();
            try {
                calls.read(
                        release::leased,
                        () -> "the lease of this member, for a section of "
                                + (field == null ? Names.of(id) : Names.of(id, field)));
            } finally {
                counts.stalledSince(start);
            }
            section = Holds.mine(present);
        }
        if (section == null) {
            checkLost();
        }
        return section;
    }

    private void checkLost() {
        try {
            holds.checkLost(id);
        } catch (LockLostException lost) {
            throw takenBack(lost, null);
        }
    }

    /** Takes back what the thread changed in arrays since it lost its section. */
    private LockLostException takenBack(LockLostException lost, Hold section) {
        try {
            inLoop(() -> takeBack(section), () -> "taking back what a lost section of " + this + " changed");
        } catch (ClusterClosedException closed) {
            lost.addSuppressed(closed);
        }
        return lost;
    }

    private void inLoop(Runnable step, Supplier<String> what) {
        calls.awaitUninterruptibly(
                calls.start(() -> {
                    step.run();
                    return CompletableFuture.completedFuture(null);
                }),
                what);
    }

    /**
     * Takes back what a section that does not count has changed in arrays, unless a later one is in them: that has done so
     * when it came in. On the event loop.
     */
    private void takeBack(Hold section) {
        Hold now = present.get();
        if (now == null || now == section || now != latest) {
            arrays.rollBack();
            untaken = false;
        }
    }

    @Override
    public void clear() {
        calls.checkOpen();
        section("clear");
        fields().forEach(field -> write(field, null));
    }

    private Hold section(String operation) {
        Hold section = Holds.mine(present);
        if (section == null) {
            checkLost();
            throw new IllegalStateException(
                    operation + " on " + this + " outside a section: call acquire() first, release() afterwards");
        }
        return section;
    }

    @Override
    public Set<String> fields() {
        calls.checkOpen();
        Set<String> names = new TreeSet<>(current.copy().fields().keySet());
        Hold section = Holds.mine(present);
        if (section != null) {
            show(workspace(section), names);
        }
        goingOn(null); // after all was looked at (L3)
        return Set.copyOf(names);
    }

    /** Makes names of the copy's fields those that a section sees. */
    private void show(Workspace space, Set<String> names) {
        space.fields().forEach(field -> {
            if (space.written(field) == null) {
                names.remove(field);
            } else {
                names.add(field);
            }
        });
        arrays.forEach((field, array) -> {
            if (isShown(array, field, space)) {
                names.add(field);
            }
        });
    }

    @Override
    public Held acquire() {
        goingOn(null); // who has lost a section learns so first: else a part of the lost one would count
        entrance.enterUnlessInterrupted();
        return new HeldOnce(holds, entered(), this::release);
    }

    @Override
    public boolean tryAcquire(Duration atMost) {
        if (!awaitLease(atMost)) {
            return false;
        } else if (Holds.mine(present) == null) {
            checkLost();
        }
        boolean atOnce = atMost.isZero() || atMost.isNegative();
        boolean in = atOnce ? entrance.tryEnter() : entrance.enterUnlessInterrupted(atMost);
        if (in) {
            entered();
        }
        return in;
    }

    /** Whether the thread is in a section as far as this member knows, which may not know that it is lost. */
    private boolean isUnknown() {
        return Holds.mine(present) != null && !release.isLeased();
    }

    /** Waits until this member knows whether the thread's section is lost, up to the bound of an operation; whether it does. */
    private boolean awaitLease(Duration atMost) {
        if (isUnknown()) {
            calls.pause(
                    calls.start(release::leased),
                    atMost,
                    () -> "the lease of this member, to know whether this thread is in a section of " + this);
            return !isUnknown();
        }
        return true;
    }

    private Hold entered() {
        Hold section = holds.leaving(id, "acquire"); // where it is lost already, nobody is going to leave it
        section.undo = () -> takeBack(section);
        boolean first = section.depth() == 1;
        if (first) {
            latest = section;
        }
        // What is among the lost, or not taken back, after that is not taken back without this thread, which waits for
        // it.
        boolean afterLoss = first && (holds.isAnyLost(id) || untaken);
        if (afterLoss || !arrays.isFresh()) {
            inLoop(
                    () -> {
                        if (afterLoss) {
                            takeBack(section);
                        }
                        arrays.refresh();
                    },
                    () -> "the arrays of " + this);
        }
        return section;
    }

    /** Waits for this member's own copy only, so that the thread reads what it wrote, and for its lease if that is gone. */
    @Override
    public void release() {
        boolean known = awaitLease(Calls.LONGEST);
        untaken = true;
        Hold section = leaving();
        calls.checkOpen();
        if (!section.leave()) {
            return;
        }
        Map<String, Change> changes;
        try {
            changes = differences.of(workspace(section));
        } catch (RuntimeException | Error refused) {
            leave(section, Map.of(), true);
            throw refused;
        }
        if (known) {
            awaitLease(Calls.LONGEST); // to compare much takes its time
        }
        leave(section, changes, false);
    }

    private Hold leaving() {
        try {
            return holds.leaving(id, "release");
        } catch (LockLostException lost) {
            throw takenBack(lost, null);
        }
    }

    /** @param dropped whether what the section changed does not count */
    private void leave(Hold section, Map<String, Change> changes, boolean dropped) {
        holds.left(section);
        CompletableFuture<Void> released = calls.start(() -> {
            boolean lost = holds.isLost(section);
            boolean unknown = !lost && !release.isLeased();
            if (lost || unknown || dropped) {
                takeBack(section);
            }
            if (lost) {
                throw Holds.exception(section);
            }
            untaken = false;
            release.release(id, section.token, unknown ? Map.of() : changes);
            if (unknown) {
                throw mayBeLost(section);
            }
            return CompletableFuture.completedFuture(null);
        });
        calls.awaitUninterruptibly(released, () -> "the release of " + this);
    }

    private LockLostException mayBeLost(Hold section) {
        return new LockLostException("This thread's section of " + this + " with token " + section.token
                + " may have been lost before it was released: this member is cut off from the majority, and another may"
                + " be in by now. What it wrote is dropped: acquire it again and look before you go on");
    }

    @Override
    public void flush() {
        calls.confirm(() -> release.flush(id), () -> "flush of " + this + ": all members are to have its releases");
    }

    @Override
    void forget() {
        current.copy().fields().values().forEach(values::forget);
    }
}
