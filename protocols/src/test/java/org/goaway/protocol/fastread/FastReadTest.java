package org.goaway.protocol.fastread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Answer.Result;
import org.goaway.protocol.Fence;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;
import org.goaway.protocol.fastread.FastReadMessage.Ack;
import org.goaway.protocol.fastread.FastReadMessage.Done;
import org.goaway.protocol.fastread.FastReadMessage.Lock;
import org.goaway.protocol.fastread.FastReadMessage.Write;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.ShortNumbers;
import org.junit.jupiter.api.Test;

/** What a write costs and what it answers. */
class FastReadTest {

    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.FAST_READ, "object");
    private static final ObjectId LOCK = new ObjectId(ObjectId.Kind.LOCK, "lock");
    private static final Duration SOON = Duration.ofMillis(200);
    private static final int SIZE = 4;
    private static final int LARGEST = 1 << 20;

    private final LocalCluster cluster = new LocalCluster(SIZE, 1);
    private final List<String> heard = new ArrayList<>();
    private final Map<MemberId, FastRead> members = cluster.install((self, transport, clock) -> new FastRead(
            self,
            transport,
            clock,
            new ShortNumbers(),
            (object, field, value) -> heard.add(self + field + value),
            () -> true,
            new Limits(Duration.ofSeconds(2), Duration.ofSeconds(10), LARGEST)));
    private final MemberId homeId = cluster.epoch().home(OBJECT);
    private final List<MemberId> others =
            cluster.members().stream().filter(member -> !member.equals(homeId)).toList();
    private final FastRead home = members.get(homeId);
    private final FastRead client = members.get(others.get(0));

    @Test
    void shouldCostThreeMessagesForEachOtherMemberWhenTheHomeWrites() {
        done(home.write(OBJECT, set("x", 1)));
        cluster.run(SOON);
        assertThat(cluster.sent()).isEqualTo(3 * (SIZE - 1));
    }

    @Test
    void shouldCostOneMessageMoreWhenAnotherMemberWrites() {
        done(client.write(OBJECT, set("x", 1)));
        cluster.run(SOON);
        assertThat(cluster.sent()).isEqualTo(3 * (SIZE - 1) + 1);
        assertThat(cluster.sent(Done.class)).isZero();
    }

    @Test
    void shouldCommitQueuedWritesInOneRound() {
        CompletableFuture<Answer> first = home.write(OBJECT, set("x", 1));
        cluster.firewall().delay(Lock.class, Duration.ofMillis(50), Duration.ofMillis(60));
        cluster.run(Duration.ofMillis(10));
        cluster.forgetSent();
        List<CompletableFuture<Answer>> queued = IntStream.range(0, 10)
                .mapToObj(number -> client.write(OBJECT, new Operation.Add("n", 1)))
                .toList();
        queued.forEach(this::done);
        cluster.run(SOON);
        assertThat(first).isCompleted();
        assertThat(queued.get(9).join().value()).isEqualTo(ShortNumbers.value(10));
        // The first round's ACK and UPDATE are among them.
        assertThat(cluster.sent()).isEqualTo(10 + 3 * (SIZE - 1) + 2 * (SIZE - 1));
    }

    @Test
    void shouldReadWithoutAMessage() {
        done(client.write(OBJECT, set("x", 1)));
        cluster.run(SOON);
        cluster.forgetSent();
        members.values()
                .forEach(member ->
                        assertThat(member.replica(OBJECT).present("x").value()).isEqualTo(ShortNumbers.value(1)));
        assertThat(client.readable(OBJECT, "x")).isCompleted();
        cluster.run(SOON);
        assertThat(cluster.sent()).isZero();
        assertThat(heard).hasSize(SIZE);
    }

    @Test
    void shouldAnswerWhatChangesNothingFromTheHomesCopy() {
        done(client.write(OBJECT, set("x", 1)));
        cluster.run(SOON);
        cluster.forgetSent();
        Answer refused = done(client.write(OBJECT, new Operation.CompareAndSet("x", null, ShortNumbers.value(2))));
        assertThat(refused).isEqualTo(new Answer(Result.REFUSED, new Version(1, 1), ShortNumbers.value(1)));
        assertThat(cluster.sent()).isEqualTo(2);
    }

    @Test
    void shouldHoldBackWhatIsMoreThanTheWindow() {
        cluster.firewall().cut(others.get(0), homeId);
        List<CompletableFuture<Answer>> writes = IntStream.range(0, Client.WINDOW + 5)
                .mapToObj(number -> client.write(OBJECT, new Operation.Add("n", 1)))
                .toList();
        cluster.run(SOON);
        assertThat(cluster.sent(Write.class)).isEqualTo(Client.WINDOW);
        cluster.firewall().heal();
        writes.forEach(this::done);
        assertThat(writes.get(writes.size() - 1).join().value()).isEqualTo(ShortNumbers.value(Client.WINDOW + 5));
    }

    @Test
    void shouldNeverDoWhatCouldNotBeSentInTime() {
        cluster.firewall().cut(others.get(0), homeId);
        List<CompletableFuture<Answer>> writes = IntStream.range(0, Client.WINDOW + 5)
                .mapToObj(number -> client.write(OBJECT, new Operation.Add("n", 1)))
                .toList();
        cluster.run(Duration.ofSeconds(9));
        assertThat(writes).noneMatch(CompletableFuture::isDone);
        cluster.run(Duration.ofSeconds(2));
        assertThat(writes.subList(Client.WINDOW, writes.size())).allSatisfy(FastReadTest::assertNotDone);
        cluster.firewall().heal();
        writes.subList(0, Client.WINDOW).forEach(this::done);
        assertThat(done(client.write(OBJECT, new Operation.Add("n", 1))).value())
                .isEqualTo(ShortNumbers.value(Client.WINDOW + 1));
    }

    @Test
    void shouldListTheFieldsThatHaveAValue() {
        done(client.write(OBJECT, set("x", 1)));
        done(client.write(OBJECT, set("y", 1)));
        done(client.write(OBJECT, new Operation.Set("x", null)));
        assertThat(client.replica(OBJECT).fields()).containsExactly("y");
        done(client.write(OBJECT, new Operation.Clear()));
        assertThat(client.replica(OBJECT).fields()).isEmpty();
    }

    /** They would be more than an object may have. */
    @Test
    void shouldKeepNothingOfFieldsThatWereRemoved() {
        String name = "n".repeat(LARGEST / 300);
        for (int i = 0; i < 1000; i++) {
            assertThat(done(client.write(OBJECT, set(name + i, 1))).result()).isEqualTo(Result.DONE);
            done(client.write(OBJECT, new Operation.Set(name + i, null)));
        }
        done(client.write(OBJECT, set("x", 1)));
        done(client.write(OBJECT, new Operation.Clear()));
        cluster.run(SOON);
        for (FastRead member : members.values()) {
            assertThat(member.replica(OBJECT).size()).isZero();
            assertThat(member.replica(OBJECT).names()).isEmpty();
            assertThat(member.replica(OBJECT).contents().fields()).isEmpty();
        }
    }

    @Test
    void shouldTakeAFieldThatWasRemovedForOneThatNeverWas() {
        done(client.write(OBJECT, set("x", 1)));
        Version version = done(client.readable(OBJECT, "x")).version();
        done(client.write(OBJECT, new Operation.Set("x", null)));
        Answer refused = done(client.write(OBJECT, new Operation.SetIf("x", version, ShortNumbers.value(2))));
        assertThat(refused).isEqualTo(new Answer(Result.REFUSED, Version.NONE, null));
        assertThat(done(client.write(OBJECT, new Operation.SetIf("x", Version.NONE, ShortNumbers.value(2))))
                        .result())
                .isEqualTo(Result.DONE);
    }

    @Test
    void shouldRefuseWhatMakesAnObjectLargerThanAMessage() {
        Operation[] sets = IntStream.range(0, 3)
                .mapToObj(field -> new Operation.Set("large" + field, Value.of(new byte[LARGEST / 5 * 2])))
                .toArray(Operation[]::new);
        done(client.write(OBJECT, sets[0]));
        CompletableFuture<Answer> second = client.write(OBJECT, sets[1]);
        CompletableFuture<Answer> third = home.write(OBJECT, sets[2]);
        CompletableFuture<Answer> small = client.write(OBJECT, set("x", 1));
        assertThat(List.of(done(second).result(), done(third).result()))
                .containsExactlyInAnyOrder(Result.DONE, Result.TOO_LARGE);
        assertThat(done(small).result()).isEqualTo(Result.DONE);
        assertThat(done(client.write(OBJECT, new Operation.Set("large0", null))).result())
                .isEqualTo(Result.DONE);
        assertThat(done(home.write(OBJECT, sets[2])).result()).isEqualTo(Result.DONE);
    }

    @Test
    void shouldLetAReaderWaitUntilTheRoundIsCommitted() {
        cluster.firewall().delay(Ack.class, Duration.ofMillis(80), Duration.ofMillis(90));
        CompletableFuture<Answer> write = home.write(OBJECT, set("x", 1));
        assertThat(cluster.runUntil(() -> client.replica(OBJECT).locked().contains("x"), SOON))
                .isTrue();
        CompletableFuture<Entry> readable = client.readable(OBJECT, "x");
        assertThat(readable).isNotDone();
        assertThat(done(readable).value()).isEqualTo(ShortNumbers.value(1));
        done(write);
    }

    @Test
    void shouldShareRoundsAmongManyWriters() {
        List<CompletableFuture<Void>> writers = IntStream.range(0, 32)
                .mapToObj(writer -> cluster.client(
                        homeId, 10, Duration.ZERO, number -> home.write(OBJECT, new Operation.Add("n", 1))))
                .toList();
        writers.forEach(this::done);
        assertThat(done(home.readable(OBJECT, "n")).value()).isEqualTo(ShortNumbers.value(320));
        assertThat(cluster.sent(Lock.class)).isLessThan(320 * (SIZE - 1) / 10);
    }

    @Test
    void shouldRefuseAWriteWhoseLockWasGivenToOthersSince() {
        done(client.write(OBJECT, set("x", 1), new Fence(LOCK, 34)));
        Answer late = done(home.write(OBJECT, set("x", 2), new Fence(LOCK, 33)));
        assertThat(late).isEqualTo(new Answer(Result.STALE_TOKEN, new Version(0, 34), null));
        assertThat(done(home.readable(OBJECT, "x")).value()).isEqualTo(ShortNumbers.value(1));
    }

    @Test
    void shouldRefuseMessagesOfAnEarlierEpoch() {
        home.onMessage(others.get(0), new Write(0, OBJECT, 1, 1, set("x", 1), null));
        cluster.run(SOON);
        assertThat(cluster.sent()).isZero();
    }

    private static void assertNotDone(CompletableFuture<?> write) {
        assertThat(write).isCompletedExceptionally();
        assertThatThrownBy(write::join)
                .cause()
                .hasMessageContaining("nothing was sent within PT10S: 64 operations of this member on")
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        failure -> assertThat(failure.outcome()).isEqualTo(ProtocolException.Outcome.NOT_DONE));
    }

    private static Operation set(String field, long number) {
        return new Operation.Set(field, ShortNumbers.value(number));
    }

    private <T> T done(CompletableFuture<T> future) {
        assertThat(cluster.runUntil(future::isDone, Duration.ofSeconds(10)))
                .as("done in time")
                .isTrue();
        return future.join();
    }
}
