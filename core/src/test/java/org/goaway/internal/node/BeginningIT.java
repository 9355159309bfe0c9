package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.goaway.GoAwayException;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.Test;

/** How programs among equals begin, on nodes of this process. */
class BeginningIT extends NodesOfOneProcess {

    private Node program(Entry entry) {
        return joined(Configs.spawner(config, entry));
    }

    private static CompletableFuture<Void> begins(Node node, int expected) {
        return CompletableFuture.runAsync(
                () -> Beginning.of(node, expected, AT_MOST), work -> new Thread(work, "begins").start());
    }

    @Test
    void shouldFoundWhereTheFirstOneFailedBeforeItDid() {
        Node first = program(Entry.founder());
        Node second = program(Entry.seeker(AT_MOST));
        Node third = program(Entry.seeker(AT_MOST));
        Arrival.of(third, 3, AT_MOST, () -> {});
        CompletableFuture<Void> ofSecond = begins(second, 2);
        CompletableFuture<Void> ofThird = begins(third, 2);
        assertThat(ofSecond).isNotDone();

        first.close();

        assertThat(ofSecond).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(ofThird).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(third.founder()).contains(second.self().id());
    }

    @Test
    void shouldFailAtOnceWhereItsFounderFailed() {
        Node first = program(Entry.founder());
        Node second = program(Entry.seeker(AT_MOST));
        Arrival.of(first, 2, AT_MOST, () -> {});
        Arrival.of(second, 2, AT_MOST, () -> {});
        CompletableFuture<Void> ofSecond = begins(second, 2);
        failsToFound(first, first.infos());

        first.close();

        assertThatThrownBy(() -> ofSecond.orTimeout(10, TimeUnit.SECONDS).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(GoAwayException.class)
                .hasMessageContaining("left before the cluster had begun");
    }

    @Test
    void shouldEndAtOnceWhenItIsInterruptedWhileOthersWouldNotJoinYet() {
        Node program = program(Entry.founder());
        Node other = program(Entry.seeker(AT_MOST));
        Node server = server("server-1");
        Arrival.of(other, 3, AT_MOST, () -> {});
        failsToFound(other, List.of(server.self()));
        other.close();
        Thread.currentThread().interrupt();
        long began = System.nanoTime();
        try {
            assertThatThrownBy(() -> Beginning.of(program, 2, AT_MOST)).hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    /** Those belong to it then, and no cluster begins. */
    private static void failsToFound(Node founder, List<MemberInfo> members) {
        List<MemberInfo> withOneThatIsGone = new ArrayList<>(members);
        UUID gone = UUID.randomUUID();
        withOneThatIsGone.add(
                MemberInfo.unseen(new MemberId(gone.getMostSignificantBits(), gone.getLeastSignificantBits()), "gone"));
        assertThat(founder.found(withOneThatIsGone, AT_MOST)).failsWithin(20, TimeUnit.SECONDS);
    }
}
