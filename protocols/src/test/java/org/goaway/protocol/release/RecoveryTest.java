package org.goaway.protocol.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private static final MemberId HOME = new MemberId(0, 1);
    private static final MemberId ONE = new MemberId(0, 2);
    private static final MemberId TWO = new MemberId(0, 3);
    private static final int SIZE = 10 << 20;

    private static final class Silent implements Transport {
        @Override
        public void send(MemberId to, Message message) {}

        @Override
        public void multicast(Collection<MemberId> to, Message message) {}
    }

    private record Fetched(ObjectId object, MemberId owner) {}

    private final Map<ObjectId, Copy> own = new HashMap<>();
    private final List<Fetched> fetched = new ArrayList<>();
    private final Recovery recovery = new Recovery(
            HOME,
            new Silent(),
            object -> own.getOrDefault(object, Copy.EMPTY),
            (object, owner) -> fetched.add(new Fetched(object, owner)));

    private static ObjectId object(int number) {
        return new ObjectId(ObjectId.Kind.RELEASE, "o" + number);
    }

    /** Both others have something newer of so many objects. */
    private void report(int objects) {
        Map<ObjectId, Long> newer = new HashMap<>();
        IntStream.range(0, objects).forEach(number -> newer.put(object(number), 7L));
        recovery.onEpoch(new Epoch(2, Map.of(HOME, 1L, ONE, 1L, TWO, 1L), List.of(HOME, ONE, TWO)));
        recovery.onReport(HOME, new Report(2, Map.of()), 0);
        recovery.onReport(ONE, new Report(2, newer), 0);
        recovery.onReport(TWO, new Report(2, newer), 0);
    }

    private void tick(Duration from, Duration to) {
        for (Duration now = from; now.compareTo(to) < 0; now = now.plusMillis(10)) {
            recovery.onTick(now.toNanos());
        }
    }

    @Test
    void shouldAskTheNextMemberOnceSoMuchContentWouldHaveCome() {
        own.put(object(0), new Copy(3, Map.of("x", Value.of(new byte[SIZE]))));
        report(1);
        tick(Duration.ZERO, Duration.ofMillis(600));
        assertThat(fetched).containsExactly(new Fetched(object(0), ONE));
        tick(Duration.ofMillis(600), Duration.ofMillis(2_000));
        assertThat(fetched).containsExactly(new Fetched(object(0), ONE), new Fetched(object(0), TWO));
    }

    @Test
    void shouldAskForFewContentsAtATimeAndForTheNextWhenOneHasCome() {
        report(20);
        recovery.onTick(0);
        assertThat(fetched).hasSize(Recovery.AT_ONCE);
        ObjectId come = fetched.get(0).object();
        assertThat(recovery.onState(new State(2, come, 7, Map.of()), 1)).isTrue();
        assertThat(fetched).hasSize(Recovery.AT_ONCE + 1).doesNotHaveDuplicates();
        assertThat(recovery.isRecovered(come)).isTrue();
    }
}
