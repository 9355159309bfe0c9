package org.goaway.protocol.coordination;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/** Part of a snapshot of barriers, semaphores, latches and longs. */
public sealed interface CoordinationPiece extends Message {

    /** A barrier: see {@link Barrier}. */
    record OfBarrier(String name, int parties, List<Place> arrived, Set<MemberId> last) implements CoordinationPiece {}

    /** A semaphore: see {@link Semaphore}. */
    record OfSemaphore(
            String name,
            int permits,
            long free,
            Map<MemberId, Long> held,
            Map<MemberId, Long> returned,
            List<Place> queue)
            implements CoordinationPiece {}

    /** A latch: see {@link Latch}. */
    record OfLatch(String name, int count, long left, List<Place> waiting) implements CoordinationPiece {}

    /** A long. */
    record OfLong(String name, long value) implements CoordinationPiece {}

    /** A place whose wait has ended; {@code kind} and {@code name} tell what it waited for. */
    record OfEnded(MemberId member, Ended ended, Kind kind, String name) implements CoordinationPiece {}

    /** What a place waits for. */
    enum Kind {
        BARRIER,
        SEMAPHORE,
        LATCH
    }
}
