package org.goaway.protocol.weak;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.goaway.protocol.Changes;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;

/**
 * Weak objects at one member. See the package for the idea and docs/design/weak.md for the steps.
 *
 * <p>This is the one protocol with concurrency inside: since its writes are local, {@link #set}, {@link #clear},
 * {@link #replica} and {@link #room} are for any thread and never wait. What threads share is in {@link Copies} and
 * nowhere else; everything else here, as in every protocol, is called on the event loop.
 *
 * <p>Exempt from the epoch rules C6a and C7 of PROTOCOLS.md (C8): versions decide, so a set of whatever epoch is welcome.
 */
public final class Weak implements Protocol {

    private static final long NONE = Long.MAX_VALUE;

    private final MemberId self;
    private final Transport transport;
    private final Changes changes;
    private final Executor loop;
    private final Copies copies;
    private final Outbox outbox;
    private final Rounds rounds;
    private final Comparisons comparisons;
    private final Set<MemberId> gone = new TreeSet<>();
    private final Syncs syncs;
    private final Acknowledgements acknowledgements;
    /** The earliest epoch of which sets came before this member knew its first. */
    private long earliest = NONE;

    private Epoch epoch;

    /**
     * Makes the protocol of one member.
     *
     * @param loop runs what it is given on the event loop, after what is there already; called by any thread, and by the
     *     loop, where it must not run it at once
     * @param patience how long members may take to acknowledge what a sync asks for, before it fails
     */
    public Weak(MemberId self, Transport transport, Clock clock, Changes changes, Executor loop, Duration patience) {
        this(self, transport, clock, changes, loop, Limits.usual(patience), new Copies(self, Limits.USUAL_LOAD));
    }

    Weak(
            MemberId self,
            Transport transport,
            Clock clock,
            Changes changes,
            Executor loop,
            Limits limits,
            Copies copies) {
        this.self = self;
        this.transport = transport;
        this.changes = changes;
        this.loop = loop;
        this.acknowledgements = new Acknowledgements(transport, loop);
        this.copies = copies;
        this.outbox = new Outbox(self, transport, clock, copies, limits);
        this.syncs = new Syncs(clock, outbox, limits.patience());
        this.comparisons = new Comparisons(copies);
        this.rounds = new Rounds(
                self,
                transport,
                clock,
                limits,
                copies,
                outbox,
                this::onRound,
                field -> changes.changed(field.object(), field.field(), null));
    }

    /** How many objects this member has copies of. Any thread. */
    public int size() {
        return copies.size();
    }

    /** How many batches of sets this member has sent. Any thread. */
    public long rounds() {
        return outbox.rounds();
    }

    /** This member's copy of the object, the same one for each call. Any thread. */
    public Replica replica(ObjectId object) {
        return copies.replica(object);
    }

    /**
     * Sets the field here at once, and everywhere else soon; a null value removes it. Any thread; never waits. A writer
     * that could outrun the network looks at {@link #room()} after each set.
     */
    public void set(ObjectId object, String field, Value value) {
        if (copies.write(object, field, value)) {
            loop.execute(this::onWake);
        }
    }

    /** Removes the fields that are present here now. Not atomic. Any thread; never waits. */
    public void clear(ObjectId object) {
        copies.replica(object).fields().forEach(field -> set(object, field, null));
    }

    /** Completed when so little is under way that a writer may go on; often at once. Any thread. Completed on the loop. */
    public CompletableFuture<Void> room() {
        return copies.room();
    }

    /** The members that have not acknowledged something that was sent to them. */
    public Set<MemberId> awaited() {
        return outbox.missing();
    }

    /**
     * Completed when every member of the epoch that is not gone has installed all sets that this member made on the
     * object before this call, or newer ones. Ends with {@link Outcome#NOT_DONE} when so many members are gone that the
     * rest is no majority, when this member was out of the cluster meanwhile, or when a member does not acknowledge the sets in
     * time, whom it names; the sets stay and go on to those that are left.
     */
    public CompletableFuture<Void> sync(ObjectId object) {
        if (!hasMajority()) {
            return CompletableFuture.failedFuture(Syncs.failure(noMajority()));
        }
        if (copies.replica(object).mayHaveDoubtful()) {
            return syncs.add(object, rounds.noDoubts().thenCompose(nothing -> sync(object)));
        }
        collect();
        return syncs.add(object, outbox.sendAll(object));
    }

    @Override
    public void onMessage(MemberId from, Message message) {
        if (message instanceof Sets sets) {
            onSets(from, sets);
        } else if (message instanceof Installed installed) {
            onInstalled(from, installed);
        } else if (message instanceof Compare compare) {
            onCompare(from, compare);
        } else if (message instanceof Differing differing) {
            outbox.answered(from, differing);
            send();
            rounds.tellHeld();
        } else if (message instanceof Collect collect) {
            rounds.onCollect(from, collect);
            send();
        } else if (message instanceof Held held) {
            rounds.onHeld(from, held);
        } else {
            throw new IllegalArgumentException("not a message of weak objects: " + message);
        }
    }

    @Override
    public void onEpoch(Epoch next) {
        Epoch before = epoch;
        epoch = next;
        gone.retainAll(next.members());
        outbox.retain(next.members());
        comparisons.retain(next.members());
        boolean anew = next.entersAnew(self, before == null ? 0 : before.number());
        if (anew && (before != null || earliest < next.joined().get(self))) {
            syncs.fail("this member was out of the cluster meanwhile; sync again");
            copies.doubtAllBut(outbox.unconfirmed());
            acknowledgements.drop();
        }
        rounds.onEpoch(next, anew);
        if (before != null) {
            before.members().stream()
                    .filter(member -> !next.members().contains(member))
                    .forEach(outbox::exclude);
        }
        for (MemberId member : next.members()) {
            if (member.equals(self) || gone.contains(member)) {
                continue;
            }
            if (before == null && earliest == NONE) {
                outbox.include(member); // it has only what it has set itself, and that waits to be sent
            } else {
                outbox.offer(member);
            }
        }
        acknowledgements.addKept(rounds::isAhead, (from, sent) -> !rounds.isPast(sent) && !mayBeGone(from, sent));
        send();
    }

    @Override
    public boolean isSynced() {
        return rounds.isSynced();
    }

    @Override
    public void onGone(MemberId member) {
        if (epoch != null && !epoch.members().contains(member)) {
            return;
        }
        gone.add(member);
        // Before the exclusion: leaving it out may be all that a sync waited for.
        if (!hasMajority()) {
            syncs.fail(noMajority());
        }
        outbox.excludeGone(member);
        comparisons.forget(member);
        // What it sent last may have reached some of us only.
        outbox.peers().forEach(outbox::offer);
        send();
    }

    /** The view has {@code member} again: it is offered all that it may have missed. */
    public void onBack(MemberId member) {
        if (gone.remove(member) && epoch != null && epoch.members().contains(member)) {
            outbox.offer(member);
            send();
        }
    }

    @Override
    public void onTick(long nanos) {
        outbox.repeat(nanos);
        rounds.onTick(nanos);
        send();
        syncs.onTick(nanos);
    }

    /** Sets were made here: tells whom they concern, here and elsewhere. */
    private void onWake() {
        copies.awake();
        collect();
        send();
    }

    private void onRound() {
        acknowledgements.dropKept();
        collect();
    }

    private void onSets(MemberId from, Sets message) {
        if (rounds.isPast(message.round())) {
            return;
        }
        if (epoch == null) {
            earliest = Math.min(earliest, message.round().epoch());
        }
        boolean mayBeGone = epoch != null && mayBeGone(from, message.round());
        for (FieldSet set : message.sets()) {
            if (copies.install(set)) {
                changes.changed(set.object(), set.field(), set.value());
                if (mayBeGone) {
                    passOn(set);
                }
            }
        }
        if (mayBeGone) {
            send();
        }
        if (rounds.isAhead(message.round())) {
            acknowledgements.keep(from, message.number(), message.round());
        } else {
            acknowledgements.add(from, message.number());
        }
    }

    /** Whether it may not spread what it sent in this round: it is gone, or has come in since and doubts that. */
    private boolean mayBeGone(MemberId from, Round sent) {
        return !outbox.peers().contains(from) || sent.epoch() < epoch.joined().get(from);
    }

    /** Nobody but its sender, who may be gone, makes sure that all get it. */
    private void passOn(FieldSet set) {
        copies.addLoad(set.bytes());
        outbox.add(new Copies.Noted(new FieldId(set.object(), set.field()), set.bytes()));
    }

    private void onCompare(MemberId from, Compare question) {
        if (rounds.isPast(question.round()) || rounds.isAhead(question.round())) {
            return;
        }
        transport.send(
                from,
                new Differing(
                        question.number(),
                        question.objects().stream()
                                .map(part -> comparisons.differing(from, part))
                                .toList()));
    }

    private void onInstalled(MemberId from, Installed message) {
        outbox.acknowledged(from, message.numbers());
        send();
        rounds.tellHeld();
    }

    /** Takes over what threads have set until now. Where another member's set has won meanwhile, its winning was told already. */
    private void collect() {
        for (long left = copies.queued(); left > 0; left--) {
            Copies.Noted noted = copies.next();
            if (noted == null) {
                return;
            }
            FieldId id = noted.id();
            outbox.add(noted);
            copies.take(noted); // after that: what breaks off in between loses no set
            copies.replica(id.object()).read(id.field(), (version, value) -> {
                if (version.writer().equals(self)) {
                    changes.changed(id.object(), id.field(), value);
                }
            });
        }
    }

    /** Before the first epoch nobody is known who could be told: all waits. */
    private void send() {
        if (epoch != null) {
            outbox.send();
        }
    }

    private boolean hasMajority() {
        return epoch != null
                && 2 * (epoch.members().size() - gone.size()) > epoch.members().size();
    }

    private String noMajority() {
        String why = epoch == null
                ? "this member is in no epoch yet"
                : gone + " of the " + epoch.members().size() + " members are gone and the rest is no majority";
        return why + "; sets and gets go on, sync again later";
    }
}
