package org.goaway.protocol.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.junit.jupiter.api.Test;

class LocalClusterTest {

    private record Hello(int number) implements Message {}

    /** Writes down what reaches it. */
    private static final class Recorder implements Protocol {

        private final List<String> seen = new ArrayList<>();
        private int ticks;

        @Override
        public void onMessage(MemberId from, Message message) {
            seen.add(from + " " + message);
        }

        @Override
        public void onEpoch(Epoch epoch) {
            seen.add("epoch " + epoch.number());
        }

        @Override
        public void onGone(MemberId member) {
            seen.add(member + " gone");
        }

        @Override
        public void onTick(long nanos) {
            ticks++;
        }
    }

    private final List<String> log = new ArrayList<>();

    @Test
    void shouldReplayTheSameSeedExactly() {
        assertThat(chatter(7)).isEqualTo(chatter(7)).isNotEqualTo(chatter(8));
    }

    private static List<String> chatter(long seed) {
        LocalCluster cluster = new LocalCluster(3, seed);
        cluster.firewall().loss(0.2).repetition(0.2).delay(Duration.ZERO, Duration.ofMillis(20));
        MemberId sender = cluster.members().get(0);
        Map<MemberId, Recorder> recorders = cluster.install((self, transport, clock) -> {
            if (self.equals(sender)) {
                for (int number = 0; number < 30; number++) {
                    transport.multicast(cluster.members(), new Hello(number));
                }
            }
            return new Recorder();
        });
        cluster.run(Duration.ofSeconds(1));
        assertThat(recorders.get(sender).ticks).isBetween(99, 101);
        return recorders.get(cluster.members().get(1)).seen;
    }

    @Test
    void shouldHoldTheEventsOfAPausedMember() {
        LocalCluster cluster = new LocalCluster(2, 1);
        MemberId member = cluster.members().get(1);
        cluster.pause(member, Duration.ofMillis(100));
        cluster.onLoop(member, () -> log.add("first"));
        cluster.run(Duration.ofMillis(10));
        cluster.onLoop(member, () -> log.add("second"));
        cluster.run(Duration.ofMillis(80));
        assertThat(log).isEmpty();
        cluster.run(Duration.ofMillis(20));
        assertThat(log).containsExactly("first", "second");
    }

    @Test
    void shouldTellTheOthersOfACrash() {
        LocalCluster cluster = new LocalCluster(3, 1);
        Map<MemberId, Recorder> recorders = cluster.install((self, transport, clock) -> new Recorder());
        cluster.crash(cluster.members().get(0));
        cluster.run(Duration.ofSeconds(1));
        assertThat(recorders.values())
                .extracting(recorder -> recorder.seen)
                .containsExactly(List.of("epoch 1"), List.of("epoch 1", "m1 gone"), List.of("epoch 1", "m1 gone"));
    }

    @Test
    void shouldStartAClientsNextOperationWhenTheFormerEnded() {
        LocalCluster cluster = new LocalCluster(1, 1);
        CompletableFuture<Integer> first = new CompletableFuture<>();
        CompletableFuture<Void> done = cluster.client(cluster.members().get(0), 2, Duration.ofMillis(5), number -> {
            log.add("operation " + number);
            return number == 0 ? first : CompletableFuture.completedFuture(number);
        });
        cluster.run(Duration.ofSeconds(1));
        assertThat(log).containsExactly("operation 0");
        first.completeExceptionally(new IllegalStateException("whatever"));
        assertThat(cluster.runUntil(done::isDone, Duration.ofSeconds(1))).isTrue();
        assertThat(log).containsExactly("operation 0", "operation 1");
    }

    @Test
    void shouldLoseWhatCrossesACutUntilItHeals() {
        LocalCluster cluster = new LocalCluster(2, 1);
        cluster.firewall().cut(cluster.members().get(0), cluster.members().get(1));
        Message hello = new Hello(1);
        assertThat(cluster.firewall()
                        .fate(cluster.members().get(0), cluster.members().get(1), hello)
                        .delays())
                .isEmpty();
        assertThat(cluster.firewall()
                        .fate(cluster.members().get(1), cluster.members().get(0), hello)
                        .delays())
                .hasSize(1);
        cluster.firewall().heal();
        assertThat(cluster.firewall()
                        .fate(cluster.members().get(0), cluster.members().get(1), hello)
                        .delays())
                .hasSize(1);
    }

    @Test
    void shouldSayHowToReplayAFailingSeed() {
        assertThatThrownBy(() -> Seeds.run(5, run -> {
                    run.show("a history");
                    throw new AssertionError("wrong order");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dtest=LocalClusterTest#")
                .hasMessageContaining("-Dgoaway.seed=")
                .hasMessageContaining("wrong order")
                .hasMessageContaining("a history");
    }
}
