package org.goaway.protocol.fastread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.kit.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads that wait. */
class ReadersTest {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.FAST_READ, "object");

    private final ManualClock clock = new ManualClock(Long.MAX_VALUE - 5);
    private final Replica replica = new Replica(OBJECT, new Synced(), () -> false);
    private final Readers readers = new Readers(clock, () -> false, LEASE);

    /** Each thread of a large program may read when the lease is lost. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldEndMostOfManyReadsInOneTurn() {
        List<CompletableFuture<Entry>> early = read(300_000);
        clock.advance(LEASE.dividedBy(2));
        List<CompletableFuture<Entry>> late = read(10);
        clock.advance(LEASE.dividedBy(2));
        readers.onTick(clock.nanos());
        assertThat(early).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(late).noneMatch(CompletableFuture::isDone);
    }

    private List<CompletableFuture<Entry>> read(int times) {
        return IntStream.range(0, times)
                .mapToObj(any -> readers.read(replica, "x"))
                .toList();
    }
}
