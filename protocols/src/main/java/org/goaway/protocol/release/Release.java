package org.goaway.protocol.release;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.goaway.protocol.Changes;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;
import org.goaway.protocol.diff.Change;
import org.goaway.protocol.lock.Locks;

/**
 * Release consistency (PROTOCOLS.md 3, writer mode). The locks of the objects are kept by the member's
 * {@link Locks}, which gets its own messages, epochs and ticks, epochs before this protocol does.
 *
 * <p>When an epoch changes, each object's new home takes over the latest version that any member has before it lets anybody
 * in; sections of members that stay go on. What a member that was dropped had is void, its sections and their writes too.
 *
 * <p>All methods but those said to be for any thread are called on the event loop. None may be called before the first epoch is known.
 */
public final class Release implements Protocol {

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    private final Locks locks;
    private final Replica replica;
    private final Sections sections;
    private final Flushes flushes;
    private final Confirming confirming;
    private final Missing missing;
    private final Pacing pacing = new Pacing();
    private final Outstanding outstanding;
    private final Recovery recovery;
    private final Sync sync;
    private final LongAdder rounds = new LongAdder();
    private Epoch epoch;

    /**
     * Makes the protocol of one member.
     *
     * @param self this member
     * @param lease this member's, without which it enters no section
     * @param changes is told of every change of this member's copies
     * @param locks this member's locks
     */
    public Release(MemberId self, Transport transport, Clock clock, Lease lease, Changes changes, Locks locks) {
        this(self, transport, clock, lease, new Replica(changes), new Flushes(self, transport, clock), locks);
    }

    Release(
            MemberId self,
            Transport transport,
            Clock clock,
            Lease lease,
            Replica replica,
            Flushes flushes,
            Locks locks) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
        this.locks = locks;
        this.replica = replica;
        this.flushes = flushes;
        this.sections = new Sections(locks, replica, lease, this::fetchBase);
        this.confirming = new Confirming(transport, replica::version);
        this.missing = new Missing(clock, object -> epoch.home(object), object -> fetch(object, epoch.home(object)));
        this.outstanding = new Outstanding(transport, clock);
        this.recovery = new Recovery(self, transport, replica::copy, this::fetch);
        this.sync = new Sync(self, transport, replica::version);
        locks.startFrom(this::base);
    }

    /** Whether this member holds its lease, without which a section must not go on (B2). Any thread. */
    public boolean isLeased() {
        return sections.isLeased();
    }

    /** Completed once this member holds its lease, or has lost its sections. */
    public CompletableFuture<Void> leased() {
        return sections.leased();
    }

    /** How many releases with changes this member has sent. Any thread. */
    public long rounds() {
        return rounds.sum();
    }

    /** This member's copies, for any thread. */
    public Replica replica() {
        return replica;
    }

    /**
     * Asks for a section: exclusive, and starting from all that was released before (A1 to A3).
     *
     * @param holder who asks, in words, for example "task 7 on server-1": shown to those that wait behind it
     */
    public Entering acquire(ObjectId object, String holder) {
        return sections.acquire(object, holder);
    }

    /** Gives up a section that is not entered yet: its future is cancelled. Does nothing for any other. */
    public void cancel(Entering entering) {
        sections.cancel(entering);
    }

    /**
     * Ends the section: one multicast, after which this member's copy has what was written (D1). The lock is handed on
     * by the home; a section that wrote nothing leaves the object's version as it is.
     *
     * @param written what the section did to fields, edits to those of the copy that it started from
     * @throws IllegalStateException if the object's present section at this member is not that of {@code token}
     */
    public void release(ObjectId object, long token, Map<String, Change> written) {
        Section section = sections.end(object, token);
        if (written.isEmpty()) {
            locks.release(object, token);
            return;
        }
        Diff diff = new Diff(epoch.number(), object, token, section.base(), written);
        try {
            replica.apply(diff);
        } finally {
            // Who sees a release must not see it vanish, and a hold must have an end, whatever a follower throws.
            if (replica.version(object) == token) {
                send(diff);
            } else {
                locks.release(object, token);
            }
        }
    }

    private void send(Diff diff) {
        ObjectId object = diff.object();
        locks.endWith(object, diff.token(), () -> sendHome(diff));
        flushes.released(object, diff.token());
        transport.multicast(epoch.members(), diff);
        rounds.increment();
        pacing.isDue(epoch.home(object), object, diff.token(), size(diff.written()), clock.nanos());
        if (isHome(object)) {
            onDiff(self, diff);
        } else {
            advanced(object);
        }
    }

    /**
     * Completed once all members have what this one has released of the object so far (D6). Fails with a {@link
     * org.goaway.protocol.ProtocolException} if this member was dropped meanwhile.
     */
    public CompletableFuture<Void> flush(ObjectId object) {
        return flushes.flush(object);
    }

    private void sendHome(Diff diff) {
        MemberId home = epoch.home(diff.object());
        if (pacing.isDue(home, diff.object(), diff.token(), size(diff.written()), clock.nanos())) {
            transport.send(home, diff);
        }
    }

    private static long size(Map<String, Change> written) {
        return written.values().stream().mapToLong(Change::size).sum();
    }

    @Override
    public void onMessage(MemberId from, Message message) {
        if (!(message instanceof ReleaseMessage about)) {
            throw new IllegalArgumentException("not a message about release-consistent objects: " + message);
        }
        if (epoch == null || about.epoch() != epoch.number()) {
            return; // of another epoch (C7); its sender repeats it, or is asked for it
        }
        if (about instanceof Diff diff) {
            onDiff(from, diff);
        } else if (about instanceof Fetch fetch) {
            onFetch(from, fetch);
        } else if (about instanceof State state) {
            onState(state);
        } else if (about instanceof Latest latest) {
            onLatest(from, latest);
        } else if (about instanceof Applied applied) {
            outstanding.onApplied(from, applied);
        } else if (about instanceof Confirm confirm) {
            onConfirm(from, confirm);
        } else if (about instanceof Confirmed confirmed) {
            flushes.onConfirmed(from, confirmed);
        } else if (about instanceof Report report) {
            onReport(from, report);
        } else if (about instanceof Inventory inventory) {
            onInventory(from, inventory);
        } else {
            recovery.onSynced(from);
        }
    }

    /** The home takes it from the present holder only (D2); others as soon as their copy has its base (D3). */
    private void onDiff(MemberId from, Diff diff) {
        ObjectId object = diff.object();
        if (isHome(object)) {
            if (recovery.isRecovered(object) && locks.isHeldWith(object, diff.token())) {
                if (replica.fits(diff)) {
                    replica.apply(diff);
                }
                if (replica.version(object) == diff.token()) {
                    confirming.advanced(object);
                    locks.handOn(object);
                    locks.forget(object, diff.token());
                    outstanding.expect(new Latest(epoch.number(), object, diff.token()), othersThan(from));
                }
            }
        } else if (replica.fits(diff)) {
            replica.apply(diff);
            advanced(object);
        } else if (diff.token() > replica.version(object)) {
            missing.keep(diff);
        }
    }

    private void onFetch(MemberId from, Fetch fetch) {
        recovery.onFetch(from, clock.nanos());
        ObjectId object = fetch.object();
        Copy copy = replica.copy(object);
        if (copy.version() > fetch.version()
                && pacing.isDue(from, object, copy.version(), copy.size(), clock.nanos())) {
            transport.send(from, new State(epoch.number(), object, copy.version(), copy.fields()));
        }
    }

    /** A home takes only what it needs to recover; else its copy changes by releases alone. */
    private void onState(State state) {
        ObjectId object = state.object();
        missing.heard(object);
        boolean asked = isHome(object) ? recovery.onState(state, clock.nanos()) : true;
        if (asked && state.version() > replica.version(object)) {
            replica.replace(state);
            advanced(object);
        }
        if (asked && isHome(object)) {
            recovered(object);
        }
    }

    /** H1 at the home. */
    private void onReport(MemberId from, Report report) {
        sync.onReport(from);
        if (recovery.onReport(from, report, clock.nanos())) {
            replica.objects().stream()
                    .filter(object -> isHome(object) && recovery.isRecovered(object))
                    .forEach(this::recovered);
            locks.serve();
        }
    }

    /**
     * H3: a holder that has released already, in this epoch, has let its lock go. What it released is in no inventory, and
     * who missed its diff hears of it here.
     */
    private void recovered(ObjectId object) {
        long version = replica.version(object);
        if (locks.isHeldWith(object, version)) {
            locks.handOn(object);
            outstanding.expect(new Latest(epoch.number(), object, version), othersThan(self));
        }
        locks.serve(object);
    }

    private OptionalLong base(ObjectId lock) {
        if (lock.kind() != ObjectId.Kind.RELEASE) {
            return OptionalLong.of(0);
        }
        return recovery.isRecovered(lock) ? OptionalLong.of(replica.version(lock)) : OptionalLong.empty();
    }

    private void onInventory(MemberId home, Inventory inventory) {
        inventory.versions().forEach((object, version) -> {
            if (replica.version(object) < version) {
                missing.wantSoon(object, version);
            }
        });
        sync.onInventory(home, inventory);
    }

    private void onLatest(MemberId from, Latest latest) {
        ObjectId object = latest.object();
        locks.forget(object, latest.version());
        if (replica.version(object) >= latest.version()) {
            transport.send(from, new Applied(epoch.number(), object, replica.version(object)));
        } else {
            missing.want(object, latest.version());
        }
    }

    private void onConfirm(MemberId from, Confirm confirm) {
        if (!confirming.onConfirm(from, confirm) && !isHome(confirm.object())) {
            missing.want(confirm.object(), confirm.version());
        }
    }

    /** Call it after the same call of the {@link Locks}. */
    @Override
    public void onEpoch(Epoch learned) {
        boolean anew = epoch != null && learned.entersAnew(self, epoch.number());
        epoch = learned;
        missing.clear();
        outstanding.clear();
        confirming.clear();
        if (anew) {
            onDropped();
            replica.clear();
        }
        recovery.onEpoch(learned);
        sync.onEpoch(learned, anew, replica.objects(), clock.nanos());
        flushes.onEpoch(learned);
        sections.onEpoch(anew);
    }

    /** This member was told that it is out of the cluster: it has lost its sections. Call it after that of the locks. */
    public void onDropped() {
        sections.onDropped();
        flushes.onDropped();
    }

    @Override
    public boolean isSynced() {
        return sync.isSynced();
    }

    @Override
    public void onGone(MemberId member) {
        // Whoever needs it waits for the next epoch; reads go on.
    }

    @Override
    public void onTick(long nanos) {
        outstanding.onTick(nanos);
        missing.onTick(nanos);
        recovery.onTick(nanos);
        sync.onTick(nanos);
        pacing.onTick(nanos);
        flushes.onTick(nanos);
        sections.onTick(nanos);
    }

    private void fetch(ObjectId object, MemberId owner) {
        transport.send(owner, new Fetch(epoch.number(), object, replica.version(object)));
    }

    private void advanced(ObjectId object) {
        Optional<Diff> next = missing.reached(object, replica.version(object));
        while (next.isPresent()) {
            replica.apply(next.get());
            next = missing.reached(object, replica.version(object));
        }
        locks.forget(object, replica.version(object) - 1); // a later version: the home has what came before it
        sync.advanced(object);
        confirming.advanced(object);
        sections.enterIfReady(object);
    }

    private void fetchBase(Entering lagging) {
        if (!isHome(lagging.object())) {
            missing.wantFirst(lagging.object(), lagging.base());
        }
    }

    private boolean isHome(ObjectId object) {
        return epoch.home(object).equals(self);
    }

    private Set<MemberId> othersThan(MemberId releaser) {
        Set<MemberId> others = new TreeSet<>(epoch.members());
        others.remove(self);
        others.remove(releaser);
        return others;
    }
}
