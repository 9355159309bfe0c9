package org.goaway.protocol.release;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.goaway.protocol.Changes;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;
import org.goaway.protocol.lock.Locks;

/**
 * Release consistency (PROTOCOLS.md 3, writer mode), within one epoch and with whole values. The locks of the objects are
 * kept by the member's {@link Locks}, which gets its own messages, epochs and ticks.
 *
 * <p>All methods but {@link #replica()} are called on the event loop. None may be called before the first epoch is known.
 */
public final class Release implements Protocol {

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    private final Locks locks;
    private final Replica replica;
    private final Map<ObjectId, Entering> granted = new LinkedHashMap<>();
    private final Map<ObjectId, Section> sections = new HashMap<>();
    private final Set<MemberId> gone = new HashSet<>();
    private final Missing missing = new Missing();
    private final Outstanding outstanding;
    private Epoch epoch;

    /**
     * Makes the protocol of one member.
     *
     * @param self this member
     * @param changes is told of every change of this member's copies
     * @param locks this member's locks
     */
    public Release(MemberId self, Transport transport, Clock clock, Changes changes, Locks locks) {
        this(self, transport, clock, new Replica(changes), locks);
    }

    Release(MemberId self, Transport transport, Clock clock, Replica replica, Locks locks) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
        this.locks = locks;
        this.replica = replica;
        this.outstanding = new Outstanding(transport, clock);
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
        Entering entering = new Entering(locks.acquire(object, holder));
        follow(entering);
        return entering;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whatever happens is told by the section's own future
    private void follow(Entering entering) {
        entering.ticket().token().whenComplete((token, failure) -> {
            if (failure == null) {
                granted.put(entering.object(), entering);
                enterIfReady(entering.object());
            } else if (failure instanceof CancellationException) {
                entering.section().cancel(false);
            } else {
                entering.section().completeExceptionally(failure);
            }
        });
    }

    /** Gives up a section that is not entered yet: its future is cancelled. Does nothing for any other. */
    public void cancel(Entering entering) {
        locks.cancel(entering.ticket());
        if (granted.remove(entering.object(), entering)) {
            locks.release(entering.object(), entering.token());
            entering.section().cancel(false);
        }
    }

    /**
     * Ends the section: one multicast, after which this member's copy has what was written (D1). The lock is handed on
     * by the home; a section that wrote nothing leaves the object's version as it is.
     *
     * @param written the fields that the section wrote; null: removed
     * @throws IllegalStateException if the object's present section at this member is not that of {@code token}
     */
    public void release(ObjectId object, long token, Map<String, Value> written) {
        Section section = sections.get(object);
        if (section == null || section.token() != token) {
            throw new IllegalStateException(object + " has no section with token " + token + " but " + section);
        }
        sections.remove(object);
        if (written.isEmpty()) {
            locks.release(object, token);
            return;
        }
        Diff diff = new Diff(epoch.number(), object, token, section.base(), written);
        locks.endWith(object, token, () -> transport.send(epoch.home(object), diff));
        transport.multicast(epoch.members(), diff);
        onDiff(self, diff);
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
        } else {
            outstanding.onApplied(from, (Applied) about);
        }
    }

    /** The home takes it from the present holder only (D2); others as soon as their copy has its base (D3). */
    private void onDiff(MemberId from, Diff diff) {
        ObjectId object = diff.object();
        if (isHome(object)) {
            if (locks.isHeldWith(object, diff.token())) {
                replica.apply(diff);
                locks.handOn(object);
                locks.forget(object, diff.token());
                outstanding.expect(diff, othersThan(from));
            }
        } else if (replica.fits(diff)) {
            replica.apply(diff);
            advanced(object);
        } else if (diff.token() > replica.version(object)) {
            missing.keep(diff, clock.nanos());
        }
    }

    private void onFetch(MemberId from, Fetch fetch) {
        Copy copy = replica.copy(fetch.object());
        if (copy.version() > fetch.version()) {
            transport.send(from, new State(epoch.number(), fetch.object(), copy.version(), copy.fields()));
        }
    }

    private void onState(State state) {
        if (!isHome(state.object()) && state.version() > replica.version(state.object())) {
            replica.replace(state);
            advanced(state.object());
        }
    }

    private void onLatest(MemberId from, Latest latest) {
        ObjectId object = latest.object();
        locks.forget(object, latest.version());
        if (replica.version(object) >= latest.version()) {
            transport.send(from, new Applied(epoch.number(), object, replica.version(object)));
        } else {
            missing.want(object, latest.version(), clock.nanos());
        }
    }

    @Override
    public void onEpoch(Epoch learned) {
        epoch = learned;
    }

    /** Call it after the same call of the {@link Locks}: these end the requests that were not granted yet. */
    @Override
    public void onGone(MemberId member) {
        if (member.equals(self)) {
            return;
        }
        outstanding.onGone(member);
        gone.add(member);
        List<Entering> stuck = granted.values().stream()
                .filter(entering -> epoch.home(entering.object()).equals(member))
                .toList();
        granted.values().removeAll(stuck);
        stuck.forEach(entering -> entering.section()
                .completeExceptionally(new ProtocolException(
                        Outcome.NOT_DONE,
                        entering.object() + " cannot be brought up to date: its home, member " + member
                                + ", was lost")));
    }

    @Override
    public void onTick(long nanos) {
        outstanding.onTick(nanos);
        missing.onTick(nanos, this::fetch);
    }

    private void fetch(ObjectId object) {
        MemberId home = epoch.home(object);
        if (!gone.contains(home)) {
            transport.send(home, new Fetch(epoch.number(), object, replica.version(object)));
        }
    }

    private void advanced(ObjectId object) {
        Optional<Diff> next = missing.reached(object, replica.version(object));
        while (next.isPresent()) {
            replica.apply(next.get());
            next = missing.reached(object, replica.version(object));
        }
        locks.forget(object, replica.version(object) - 1); // a later version: the home has what came before it
        enterIfReady(object);
    }

    /** A grant is entered with the copy that it names (A3). */
    private void enterIfReady(ObjectId object) {
        Entering entering = granted.get(object);
        if (entering == null) {
            return;
        }
        if (replica.version(object) == entering.base()) {
            granted.remove(object);
            Section section = new Section(entering.token(), entering.base());
            sections.put(object, section);
            entering.section().complete(section);
        } else {
            missing.want(object, entering.base(), clock.nanos());
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
