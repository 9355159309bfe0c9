package org.goaway.protocol.fastread;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Lease;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;

/**
 * The readers that found nothing to return: the entry was LOCKED, the copies are not complete, or the lease is over (R1).
 * One writer: the event loop.
 */
final class Readers {

    private final Clock clock;
    private final Lease lease;
    private final long leaseTime;
    private final Map<ObjectId, List<Reader>> waiting = new LinkedHashMap<>();

    private static final class Reader {

        private final Replica replica;
        private final String field;
        private final CompletableFuture<Entry> future = new CompletableFuture<>();
        /** Since when it waits for the lease. */
        private long since;

        Reader(Replica replica, String field, long since) {
            this.replica = replica;
            this.field = field;
            this.since = since;
        }
    }

    Readers(Clock clock, Lease lease, Duration leaseTime) {
        this.clock = clock;
        this.lease = lease;
        this.leaseTime = leaseTime.toNanos();
    }

    CompletableFuture<Entry> read(Replica replica, String field) {
        Entry entry = replica.read(field);
        if (entry != null) {
            return CompletableFuture.completedFuture(entry);
        }
        Reader reader = new Reader(replica, field, clock.nanos());
        waiting.computeIfAbsent(replica.object(), any -> new ArrayList<>()).add(reader);
        return reader.future;
    }

    /** Something of this object may be readable now. */
    void wake(ObjectId object) {
        List<Reader> readers = waiting.remove(object);
        if (readers == null) {
            return;
        }
        Map<Reader, Entry> ready = new LinkedHashMap<>();
        List<Reader> left = new ArrayList<>();
        for (Reader reader : readers) {
            Entry entry = reader.replica.read(reader.field);
            if (entry != null) {
                ready.put(reader, entry);
            } else {
                left.add(reader);
            }
        }
        if (!left.isEmpty()) {
            waiting.put(object, left);
        }
        // Last, since it may bring new readers.
        ready.forEach((reader, entry) -> reader.future.complete(entry));
    }

    /** Looks again at all, and ends the waits for a lease that does not come. */
    void onTick(long nanos) {
        List.copyOf(waiting.keySet()).forEach(this::wake);
        boolean held = lease.isHeld();
        List<Reader> given = new ArrayList<>();
        waiting.values()
                .forEach(readers -> readers.removeIf(reader -> {
                    reader.since = held ? nanos : reader.since;
                    return nanos - reader.since >= leaseTime && given.add(reader);
                }));
        waiting.values().removeIf(List::isEmpty);
        given.forEach(reader -> reader.future.completeExceptionally(unleased(reader)));
    }

    private static ProtocolException unleased(Reader reader) {
        return new ProtocolException(
                Outcome.NOT_DONE,
                "field '" + reader.field + "' of " + reader.replica.object()
                        + " cannot be read: this member has no lease, since it cannot reach the others or is no member");
    }
}
