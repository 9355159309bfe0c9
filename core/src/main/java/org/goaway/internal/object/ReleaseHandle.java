package org.goaway.internal.object;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.goaway.Held;
import org.goaway.UpdateOnRelease;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.release.Release;

/** UpdateOnRelease: sections belong to threads; what one writes is its own until it releases. */
final class ReleaseHandle extends ObjectHandle implements UpdateOnRelease {

    private final Release release;
    private final Holds holds;
    private final Entrance entrance;

    ReleaseHandle(ObjectId id, Release release, Values values, Calls calls, Listeners listeners, Holds holds) {
        super(id, values, calls, listeners);
        this.release = release;
        this.holds = holds;
        this.entrance =
                new Entrance(id, calls, holds, holder -> new Claim.ForSection(release, release.acquire(id, holder)));
    }

    @Override
    Value read(String field) {
        Hold section = goingOn(field);
        if (section != null && section.written.containsKey(field)) {
            return section.written.get(field);
        }
        return release.replica().get(id, field);
    }

    @Override
    void write(String field, Value value) {
        goingOn(field);
        section("set").written.put(field, value);
    }

    /**
     * The current thread's section, which goes on as long as this member holds its lease; null: it is in none. Without the
     * lease another may be in by an epoch unknown here: the thread waits until that is known (B2).
     */
    private Hold goingOn(String field) {
        Hold section = holds.mine(id);
        if (section != null && !release.isLeased()) {
            calls.read(release::leased, () -> "the lease of this member, for a section of " + Names.of(id, field));
            section = holds.mine(id);
        }
        if (section == null) {
            holds.checkLost(id);
        }
        return section;
    }

    @Override
    public void clear() {
        calls.checkOpen();
        Hold section = section("clear");
        fields().forEach(field -> section.written.put(field, null));
    }

    private Hold section(String operation) {
        Hold section = holds.mine(id);
        if (section == null) {
            holds.checkLost(id);
            throw new IllegalStateException(
                    operation + " on " + this + " outside a section: call acquire() first, release() afterwards");
        }
        return section;
    }

    @Override
    public Set<String> fields() {
        calls.checkOpen();
        Set<String> names = new TreeSet<>(release.replica().fields(id));
        Hold section = holds.mine(id);
        if (section != null) {
            section.written.forEach((field, value) -> {
                if (value == null) {
                    names.remove(field);
                } else {
                    names.add(field);
                }
            });
        }
        return Set.copyOf(names);
    }

    @Override
    public Held acquire() {
        entrance.enterUnlessInterrupted();
        return new HeldOnce(holds.required(id, "acquire").token, this::release);
    }

    @Override
    public boolean tryAcquire(Duration atMost) {
        boolean atOnce = atMost.isZero() || atMost.isNegative();
        return atOnce ? entrance.tryEnter() : entrance.enterUnlessInterrupted(atMost);
    }

    /** Waits for this member's own copy only, so that the thread reads what it wrote. */
    @Override
    public void release() {
        Hold section = holds.leaving(id, "release");
        calls.checkOpen();
        if (section.leave()) {
            holds.left(section);
            CompletableFuture<Void> released = calls.start(() -> {
                if (holds.isLost(section)) {
                    throw Holds.exception(section);
                }
                release.release(id, section.token, section.written);
                return CompletableFuture.completedFuture(null);
            });
            calls.awaitUninterruptibly(released, () -> "the release of " + this);
        }
    }

    @Override
    public void flush() {
        calls.confirm(() -> release.flush(id), () -> "flush of " + this + ": all members are to have its releases");
    }

    @Override
    void forget() {
        release.replica().copy(id).fields().values().forEach(values::forget);
    }
}
