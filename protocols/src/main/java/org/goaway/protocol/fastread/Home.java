package org.goaway.protocol.fastread;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Numbers;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Version;
import org.goaway.protocol.fastread.FastReadMessage.Ack;
import org.goaway.protocol.fastread.FastReadMessage.Change;
import org.goaway.protocol.fastread.FastReadMessage.Done;
import org.goaway.protocol.fastread.FastReadMessage.Finished;
import org.goaway.protocol.fastread.FastReadMessage.Lock;
import org.goaway.protocol.fastread.FastReadMessage.LockAll;
import org.goaway.protocol.fastread.FastReadMessage.Resolve;
import org.goaway.protocol.fastread.FastReadMessage.Update;
import org.goaway.protocol.fastread.FastReadMessage.Write;
import org.goaway.protocol.fastread.ObjectOrder.Decided;
import org.goaway.protocol.fastread.ObjectOrder.Queued;
import org.goaway.protocol.fastread.ObjectOrder.Round;

/**
 * The home's side (PROTOCOLS.md W2, W3, W5, W7, E2): orders the operations of the objects whose home this member is, and
 * drives one round per object at a time. One writer: the event loop.
 */
class Home {

    /** How long a LOCK may stay without its acknowledgements before it is sent again to those that lack. */
    static final long REPEAT = 250_000_000;

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    private final Numbers numbers;
    private final Lease lease;
    private final Copies copies;
    private final long objectBytes;
    private final Map<ObjectId, ObjectOrder> orders = new HashMap<>();
    /** The orders that have a round. */
    private final Map<ObjectId, ObjectOrder> open = new LinkedHashMap<>();
    /** The orders whose operations change nothing and wait for the lease. */
    private final Set<ObjectOrder> unleased = new LinkedHashSet<>();

    private final LongAdder rounds = new LongAdder();
    private Epoch epoch;

    /** @param objectBytes how many bytes all fields of an object take at most */
    Home(
            MemberId self,
            Transport transport,
            Clock clock,
            Numbers numbers,
            Lease lease,
            Copies copies,
            long objectBytes) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
        this.numbers = numbers;
        this.lease = lease;
        this.copies = copies;
        this.objectBytes = objectBytes;
    }

    /** How many rounds it has begun. Any thread. */
    long rounds() {
        return rounds.sum();
    }

    /** C6b, E2: abandons all rounds, and proposes again what they or those of another home have left LOCKED here. */
    void onEpoch(Epoch learned) {
        epoch = learned;
        orders.clear();
        open.clear();
        unleased.clear();
        for (ObjectId object : copies.locked()) {
            if (home(object)) {
                redrive(order(object));
            }
        }
    }

    /** Whether this member orders the object's operations in the epoch it knows. */
    boolean home(ObjectId object) {
        return epoch.home(object).equals(self);
    }

    /** W1, W2: takes an operation, or answers it again. */
    void onWrite(MemberId from, Write write) {
        ObjectOrder order = order(write.object());
        order.answered(from, write.lowest());
        if (order.accepted(from, write.seq())) {
            repeated(order, new Queued(from, write));
            return;
        }
        for (Queued next : order.accept(from, write)) {
            if (applied(order, next)) {
                repeated(order, next);
            } else {
                order.queue.add(next);
            }
        }
        proceed(order);
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

    /** W7, E2: tells a replica what became of what it has LOCKED, or gives it what it lacks. */
    void onResolve(MemberId from, Resolve resolve) {
        ObjectOrder order = order(resolve.object());
        Version own = order.replica.version();
        if (order.round != null) {
            // Once, however often it asks: the object may be large, and what is under way is repeated in its time.
            if (order.round.lacksBase(from, resolve.version()) && order.round.behind.add(from)) {
                order.round.patience = patience(order.replica);
                order.round.sentAt = clock.nanos();
                lock(order, from);
            }
        } else if (own.equals(resolve.version()) && order.replica.valid()) {
            transport.send(from, new Update(resolve.object(), own, List.of()));
        } else if (own.epoch() < epoch.number()) {
            // What has been committed in this epoch, the asker has acknowledged: then the question is an old one.
            redrive(order);
        }
    }

    /** W7: repeats LOCK to those that have not acknowledged it; tries again what waits for the lease. */
    void onTick(long nanos) {
        for (ObjectOrder order : open.values()) {
            if (nanos - order.round.sentAt >= order.round.patience) {
                order.round.sentAt = nanos;
                order.round.missing.forEach(member -> lock(order, member));
            }
        }
        List<ObjectOrder> waiting = List.copyOf(unleased);
        unleased.clear();
        waiting.forEach(this::proceed);
    }

    /** Whether the operation has taken effect in a round before. */
    boolean applied(ObjectOrder order, Queued queued) {
        return order.replica.ledger(queued.client()).answer(queued.write().seq()) != null;
    }

    /** Whether the acknowledgement is one of this round. */
    boolean counts(Round round, Ack ack) {
        return ack.version().equals(round.version);
    }

    /** W5: whether all other members of the epoch have acknowledged. */
    boolean complete(Round round) {
        return round.missing.isEmpty();
    }

    /** Answers an operation again, as soon as its effect is committed. */
    void repeated(ObjectOrder order, Queued queued) {
        long seq = queued.write().seq();
        Answer told = order.told(queued.client(), seq);
        Answer known =
                told != null ? told : order.replica.ledger(queued.client()).answer(seq);
        if (known == null || (order.round != null && order.round.decides(queued.client(), seq))) {
            return;
        }
        if (order.round != null && order.round.lock == null) {
            order.round.asked.add(queued);
        } else {
            send(queued.client(), queued.write(), known);
        }
    }

    /** Decides all queued operations, in one round if one of them changes something. */
    void proceed(ObjectOrder order) {
        if (order.round != null || order.queue.isEmpty()) {
            return;
        }
        if (!order.replica.valid()) {
            redrive(order);
            return;
        }
        Draft draft = new Draft(order.replica, numbers, epoch.number(), objectBytes);
        List<Decided> decided = new ArrayList<>();
        for (Queued queued : order.queue) {
            Write write = queued.write();
            decided.add(new Decided(queued.client(), write, draft.apply(write.operation(), write.fence())));
        }
        decided.replaceAll(one ->
                new Decided(one.client(), one.write(), draft.settle(one.write().operation(), one.answer())));
        if (!draft.isEmpty()) {
            order.queue.clear();
            begin(order, draft, decided);
        } else if (lease.isHeld()) {
            // W2a: a read of this copy, which has been looked at before the lease was (L3).
            order.queue.clear();
            decided.forEach(one -> tell(order, one));
        } else {
            unleased.add(order);
        }
    }

    /** W3: starts a round. */
    private void begin(ObjectOrder order, Draft draft, List<Decided> decided) {
        List<Finished> finished =
                decided.stream().filter(Decided::done).map(Decided::finished).toList();
        Version base = order.replica.version();
        Lock lock = new Lock(
                epoch.number(),
                order.replica.object(),
                draft.version(),
                base,
                draft.changes(),
                finished,
                draft.fences());
        copies.install(order.replica, lock);
        open(order, new Round(lock.version(), lock, decided, others(), patience(lock)));
    }

    /** E2: proposes this member's own copy again, under a version of this epoch. */
    void redrive(ObjectOrder order) {
        Version next = redriven(order);
        copies.propose(order.replica, next);
        open(order, new Round(next, null, List.of(), others(), patience(order.replica)));
    }

    /** The version under which a copy is proposed again. */
    Version redriven(ObjectOrder order) {
        return Draft.next(order.replica, epoch.number());
    }

    private void open(ObjectOrder order, Round round) {
        order.round = round;
        rounds.increment();
        round.sentAt = clock.nanos();
        open.put(order.replica.object(), order);
        transport.multicast(round.missing, round.lock != null ? round.lock : all(order));
        if (complete(round)) {
            commit(order);
        }
    }

    private void lock(ObjectOrder order, MemberId member) {
        transport.send(member, order.round.needsAll(member) ? all(order) : order.round.lock);
    }

    /** The whole object, with the open round in it. */
    LockAll all(ObjectOrder order) {
        return new LockAll(epoch.number(), order.replica.contents());
    }

    /** W5: every member has the round's values or waits for them, so they may be seen. */
    private void commit(ObjectOrder order) {
        Round round = order.round;
        order.round = null;
        open.remove(order.replica.object());
        List<Finished> named = round.decided.stream()
                .filter(one -> one.done() && !one.client().equals(self))
                .map(Decided::finished)
                .toList();
        Update update = new Update(order.replica.object(), round.version, named);
        transport.multicast(others(), update);
        copies.onUpdate(update);
        for (Decided one : round.decided) {
            if (!one.done()) {
                tell(order, one);
            } else if (one.client().equals(self)) {
                send(self, one.write(), one.answer());
            }
        }
        round.asked.forEach(asked -> repeated(order, asked));
        proceed(order);
    }

    /** Answers what changed nothing. */
    private void tell(ObjectOrder order, Decided decided) {
        order.told(decided.client(), decided.write().seq(), decided.answer());
        send(decided.client(), decided.write(), decided.answer());
    }

    private void send(MemberId client, Write write, Answer answer) {
        transport.send(client, new Done(epoch.number(), write.object(), write.seq(), answer));
    }

    private ObjectOrder order(ObjectId object) {
        return orders.computeIfAbsent(object, any -> new ObjectOrder(copies.replica(any)));
    }

    private Set<MemberId> others() {
        Set<MemberId> others = new TreeSet<>(epoch.members());
        others.remove(self);
        return others;
    }

    private static long patience(Replica replica) {
        return Patience.with(REPEAT, replica.values().stream());
    }

    private static long patience(Lock lock) {
        return Patience.with(REPEAT, lock.changes().stream().map(Change::value));
    }
}
