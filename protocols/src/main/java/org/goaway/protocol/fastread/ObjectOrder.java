package org.goaway.protocol.fastread;

import java.util.ArrayDeque;
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

/** What the home knows of one object: the operations that wait, and the round that is open. One writer: the event loop. */
final class ObjectOrder {

    /** An operation in the order in which it will be applied. */
    record Queued(MemberId client, Write write) {}

    /** An operation with the answer that its round gives it. */
    record Decided(MemberId client, Write write, Answer answer) {}

    /** A proposal that some members have not acknowledged yet. */
    static final class Round {

        final Lock lock;
        final List<Decided> decided;
        final Set<MemberId> missing;
        final long patience;
        long sentAt;

        Round(Lock lock, List<Decided> decided, Collection<MemberId> missing, long sentAt) {
            this.lock = lock;
            this.decided = decided;
            this.missing = new TreeSet<>(missing);
            this.patience = Patience.with(Home.REPEAT, lock.changes().stream().map(Lock.Change::value));
            this.sentAt = sentAt;
        }

        /** A member of {@code gone} without whose acknowledgement this round cannot commit; null if there is none. */
        MemberId lost(Set<MemberId> gone) {
            return missing.stream().filter(gone::contains).findFirst().orElse(null);
        }

        boolean decides(MemberId client, long seq) {
            return decided.stream().anyMatch(one -> one.client.equals(client) && one.write.seq() == seq);
        }
    }

    /** One client's operations as they arrive. */
    private static final class Arrivals {
        private final TreeMap<Long, Write> early = new TreeMap<>();
        private long accepted;
    }

    final Replica replica;
    final Deque<Queued> queue = new ArrayDeque<>();
    /** The version of the last committed round. */
    Version committed = Version.NONE;
    /** The open round; null: none. */
    Round round;

    private final Map<MemberId, Arrivals> arrivals = new HashMap<>();

    ObjectOrder(Replica replica) {
        this.replica = replica;
    }

    /** Whether this operation is queued, or was decided already. */
    boolean accepted(MemberId client, long seq) {
        return seq <= arrivals(client).accepted;
    }

    /** Queues the operation when all of the client's operations before it were; keeps it until then. */
    void accept(MemberId client, Write write) {
        Arrivals known = arrivals(client);
        known.early.put(write.seq(), write);
        for (Write next = known.early.get(known.accepted + 1); next != null; ) {
            known.early.remove(next.seq());
            known.accepted = next.seq();
            queue.add(new Queued(client, next));
            next = known.early.get(known.accepted + 1);
        }
    }

    /** The client has the answers of all its operations below {@code lowest}: they will not come any more. */
    void answered(MemberId client, long lowest) {
        Arrivals known = arrivals(client);
        known.accepted = Math.max(known.accepted, lowest - 1);
        known.early.headMap(lowest).clear();
        replica.ledger(client).forget(lowest);
    }

    private Arrivals arrivals(MemberId client) {
        return arrivals.computeIfAbsent(client, any -> new Arrivals());
    }
}
