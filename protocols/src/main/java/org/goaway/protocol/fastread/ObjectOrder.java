package org.goaway.protocol.fastread;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.goaway.protocol.Answer;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Version;
import org.goaway.protocol.fastread.FastReadMessage.Finished;
import org.goaway.protocol.fastread.FastReadMessage.Lock;
import org.goaway.protocol.fastread.FastReadMessage.Write;

/**
 * What the home knows of one object in one epoch: the operations that wait, and the round that is open. One writer: the
 * event loop.
 */
final class ObjectOrder {

    /** An operation in the order in which it will be applied. */
    record Queued(MemberId client, Write write) {}

    /** An operation with the answer that its round gives it. */
    record Decided(MemberId client, Write write, Answer answer) {

        /** Whether it took effect; one that did not may be decided anew in a later epoch. */
        boolean done() {
            return answer.result() == Answer.Result.DONE;
        }

        Finished finished() {
            return new Finished(client, write.seq(), write.lowest(), answer);
        }
    }

    /** A proposal that some members have not acknowledged yet. */
    static final class Round {

        final Version version;
        /** What the round changes; null: it proposes again what an earlier epoch left LOCKED. */
        final Lock lock;

        final List<Decided> decided;
        final Set<MemberId> missing;
        /** Those that do not have what the round builds on, and get the whole object. */
        final Set<MemberId> behind = new TreeSet<>();
        /** Operations of earlier rounds that were asked for again. */
        final List<Queued> asked = new ArrayList<>();

        long patience;
        long sentAt;

        Round(Version version, Lock lock, List<Decided> decided, Collection<MemberId> missing, long patience) {
            this.version = version;
            this.lock = lock;
            this.decided = decided;
            this.missing = new TreeSet<>(missing);
            this.patience = patience;
        }

        /** Whether the member, which has this version, can do nothing with {@link #lock}: it gets the whole object. */
        boolean lacksBase(MemberId member, Version has) {
            return lock != null && missing.contains(member) && !has.equals(lock.base()) && !has.equals(version);
        }

        boolean needsAll(MemberId member) {
            return lock == null || behind.contains(member);
        }

        boolean decides(MemberId client, long seq) {
            return decided.stream().anyMatch(one -> one.client.equals(client) && one.write.seq() == seq);
        }
    }

    /** One client's operations as they arrive. */
    private static final class Arrivals {
        private final TreeMap<Long, Write> early = new TreeMap<>();
        /** Answers that no replica keeps: of operations that changed nothing. */
        private final TreeMap<Long, Answer> told = new TreeMap<>();

        private long accepted;
    }

    final Replica replica;
    final Deque<Queued> queue = new ArrayDeque<>();
    /** The open round; null: none. */
    Round round;

    private final Map<MemberId, Arrivals> arrivals = new HashMap<>();

    ObjectOrder(Replica replica) {
        this.replica = replica;
    }

    /** Whether this operation was taken, decided or answered in this epoch. */
    boolean accepted(MemberId client, long seq) {
        return seq <= arrivals(client).accepted;
    }

    /** Keeps the operation until all of the client's before it are here; returns those whose turn it is. */
    List<Queued> accept(MemberId client, Write write) {
        Arrivals known = arrivals(client);
        known.early.put(write.seq(), write);
        List<Queued> next = new ArrayList<>();
        while (true) {
            Write first = known.early.remove(known.accepted + 1);
            if (first != null) {
                next.add(new Queued(client, first));
            } else if (replica.ledger(client).answer(known.accepted + 1) == null) {
                return next;
            }
            known.accepted++;
        }
    }

    /** The client has the answers of all its operations below {@code lowest}: they will not come any more. */
    void answered(MemberId client, long lowest) {
        Arrivals known = arrivals(client);
        known.accepted = Math.max(known.accepted, lowest - 1);
        known.early.headMap(lowest).clear();
        known.told.headMap(lowest).clear();
        replica.ledger(client).forget(lowest);
    }

    /** Remembers the answer to an operation that changed nothing. */
    void told(MemberId client, long seq, Answer answer) {
        arrivals(client).told.put(seq, answer);
    }

    /** What {@link #told} remembers; null: nothing. */
    Answer told(MemberId client, long seq) {
        return arrivals(client).told.get(seq);
    }

    private Arrivals arrivals(MemberId client) {
        return arrivals.computeIfAbsent(client, any -> new Arrivals());
    }
}
