package org.goaway.protocol.fastread;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Numbers;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.Transport;
import org.goaway.protocol.fastread.ObjectOrder.Decided;
import org.goaway.protocol.fastread.ObjectOrder.Queued;
import org.goaway.protocol.fastread.ObjectOrder.Round;

/**
 * The home's side (PROTOCOLS.md W2, W3, W5, W7): orders the operations of the objects whose home this member is, and
 * drives one round per object at a time. One writer: the event loop.
 */
class Home {

    /** How long a LOCK may stay without its acknowledgements before it is sent again to those that lack. */
    static final long REPEAT = 250_000_000;

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    private final Numbers numbers;
    private final Copies copies;
    private final Map<ObjectId, ObjectOrder> orders = new HashMap<>();
    private final Map<ObjectId, ObjectOrder> open = new HashMap<>();
    private final Set<MemberId> gone = new TreeSet<>();
    private Epoch epoch;

    Home(MemberId self, Transport transport, Clock clock, Numbers numbers, Copies copies) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
        this.numbers = numbers;
        this.copies = copies;
    }

    void onEpoch(Epoch learned) {
        epoch = learned;
    }

    /** W1, W2: takes an operation, or answers it again. */
    void onWrite(MemberId from, Write write) {
        ObjectOrder order = orders.computeIfAbsent(write.object(), any -> new ObjectOrder(copies.replica(any)));
        order.answered(from, write.lowest());
        if (repeated(order, from, write)) {
            answerAgain(order, from, write);
        } else {
            order.accept(from, write);
            proceed(order);
        }
    }

    /** W5: counts an acknowledgement. */
    void onAck(MemberId from, Ack ack) {
        ObjectOrder order = open.get(ack.object());
        if (order != null && counts(order.round, ack)) {
            order.round.missing.remove(from);
            if (complete(order.round)) {
                commit(order);
            }
        }
    }

    /** W7: tells a replica what became of the round it still has LOCKED. */
    void onResolve(MemberId from, Resolve resolve) {
        ObjectOrder order = orders.get(resolve.object());
        if (order == null) {
            return;
        }
        // Rounds of one epoch commit one after another, so all up to the last committed one are.
        if (resolve.version().compareTo(order.committed) <= 0) {
            transport.send(from, new Update(resolve.object(), resolve.version(), List.of()));
        } else if (order.round != null && order.round.lost(gone) != null) {
            transport.send(from, stuck(order));
        } else if (order.round != null && order.round.missing.contains(from)) {
            transport.send(from, order.round.lock);
        }
    }

    /** Rounds that lack this member's acknowledgement cannot commit in this epoch: nobody is left waiting for them. */
    void onGone(MemberId member) {
        gone.add(member);
        for (ObjectOrder order : List.copyOf(open.values())) {
            if (order.round.missing.contains(member)) {
                Stuck stuck = stuck(order);
                copies.onStuck(stuck);
                transport.multicast(epoch.members(), stuck);
                order.round.decided.forEach(decided ->
                        transport.send(decided.client(), failed(decided.write(), Outcome.UNKNOWN, stuck.lost())));
                proceed(order);
            }
        }
    }

    /** W7: repeats LOCK to those that have not acknowledged it. */
    void onTick(long nanos) {
        for (ObjectOrder order : open.values()) {
            if (nanos - order.round.sentAt >= order.round.patience) {
                order.round.sentAt = nanos;
                order.round.missing.stream()
                        .filter(member -> !gone.contains(member))
                        .forEach(member -> transport.send(member, order.round.lock));
            }
        }
    }

    /** Whether this is a repetition of an operation that was taken before. */
    boolean repeated(ObjectOrder order, MemberId from, Write write) {
        return order.accepted(from, write.seq());
    }

    /** Whether the acknowledgement is one of this round. */
    boolean counts(Round round, Ack ack) {
        return ack.version().equals(round.lock.version());
    }

    /** W5: whether all other members of the epoch have acknowledged. */
    boolean complete(Round round) {
        return round.missing.isEmpty();
    }

    private void answerAgain(ObjectOrder order, MemberId from, Write write) {
        boolean running = order.round != null && order.round.decides(from, write.seq());
        if (running) {
            MemberId lost = order.round.lost(gone);
            if (lost != null) {
                transport.send(from, failed(write, Outcome.UNKNOWN, lost));
            }
            return;
        }
        Message reply = order.replica.ledger(from).reply(write.seq());
        if (reply != null) {
            transport.send(from, reply);
        }
    }

    /** Decides all queued operations, in one round if one of them changes something. */
    private void proceed(ObjectOrder order) {
        if (order.round != null) {
            MemberId lost = order.round.lost(gone);
            if (lost != null) {
                order.queue.forEach(queued -> fail(order, queued, lost));
                order.queue.clear();
            }
            return;
        }
        Draft draft = new Draft(order.replica, numbers, epoch.number(), order.committed.count());
        List<Decided> decided = new ArrayList<>();
        for (Queued queued : order.queue) {
            // No round can commit without all members: what would need one is refused before anything is LOCKED.
            if (!gone.isEmpty() && draft.changedBy(queued.write().operation())) {
                fail(order, queued, gone.iterator().next());
            } else {
                decided.add(new Decided(
                        queued.client(),
                        queued.write(),
                        draft.apply(queued.write().operation())));
            }
        }
        order.queue.clear();
        decided.replaceAll(one ->
                new Decided(one.client(), one.write(), draft.settle(one.write().operation(), one.answer())));
        decided.forEach(
                one -> order.replica.ledger(one.client()).put(one.write().seq(), done(one)));
        if (draft.isEmpty()) {
            decided.forEach(one -> transport.send(one.client(), done(one)));
        } else {
            begin(order, draft, decided);
        }
    }

    /** W3: starts a round. */
    private void begin(ObjectOrder order, Draft draft, List<Decided> decided) {
        Lock lock =
                new Lock(epoch.number(), order.replica.object(), draft.version(), draft.changes(), finished(decided));
        Set<MemberId> others = new TreeSet<>(epoch.members());
        others.remove(self);
        order.round = new Round(lock, decided, others, clock.nanos());
        open.put(lock.object(), order);
        copies.install(lock);
        transport.multicast(others, lock);
        if (complete(order.round)) {
            commit(order);
        }
    }

    /** W5: every member has the round's values or waits for them, so they may be seen. */
    private void commit(ObjectOrder order) {
        Round round = order.round;
        order.round = null;
        order.committed = round.lock.version();
        open.remove(round.lock.object());
        List<Lock.Finished> named = round.lock.finished().stream()
                .filter(finished -> !finished.client().equals(self))
                .toList();
        Update update = new Update(round.lock.object(), round.lock.version(), named);
        transport.multicast(epoch.members(), update);
        copies.onUpdate(update);
        for (Decided decided : round.decided) {
            if (decided.client().equals(self) || decided.answer().result() != Answer.Result.DONE) {
                transport.send(decided.client(), done(decided));
            }
        }
        proceed(order);
    }

    private void fail(ObjectOrder order, Queued queued, MemberId lost) {
        Failed failed = failed(queued.write(), Outcome.NOT_DONE, lost);
        order.replica.ledger(queued.client()).put(queued.write().seq(), failed);
        transport.send(queued.client(), failed);
    }

    private Failed failed(Write write, Outcome outcome, MemberId lost) {
        return new Failed(epoch.number(), write.object(), write.seq(), outcome, lost);
    }

    private Done done(Decided decided) {
        return new Done(
                epoch.number(), decided.write().object(), decided.write().seq(), decided.answer());
    }

    private Stuck stuck(ObjectOrder order) {
        Lock lock = order.round.lock;
        return new Stuck(epoch.number(), lock.object(), lock.version(), order.round.lost(gone));
    }

    /** The operations that later homes must know: a refused one may be asked again in a later epoch. */
    private static List<Lock.Finished> finished(List<Decided> decided) {
        return decided.stream()
                .filter(one -> one.answer().result() == Answer.Result.DONE)
                .map(one -> new Lock.Finished(
                        one.client(), one.write().seq(), one.write().lowest(), one.answer()))
                .toList();
    }
}
