package org.goaway.protocol.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.diff.Change;
import org.goaway.protocol.kit.Firewall;
import org.goaway.protocol.kit.LocalCluster;
import org.junit.jupiter.api.Test;

class ReleaseTest {

    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.RELEASE, "o");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Value ONE = Value.of(new byte[] {1});
    private static final Value TWO = Value.of(new byte[] {2});

    private record Stranger() implements Message {}

    private final LocalCluster cluster = new LocalCluster(4, 1);
    private final List<String> changes = new ArrayList<>();
    private final MemberId home = cluster.epoch().home(OBJECT);
    private final MemberId one = other(0);
    private final MemberId two = other(1);
    private final Map<MemberId, Release> releases = new ReleaseParts()
            .install(
                    cluster,
                    cluster.register()::lease,
                    self -> (object, field, value) -> changes.add(self + " " + field + "=" + value),
                    self -> (object, token) -> {});

    private MemberId other(int number) {
        return cluster.members().stream()
                .filter(member -> !member.equals(home))
                .toList()
                .get(number);
    }

    @Test
    void shouldShowAReleaseAtOnceAtItsMemberAndSoonAtAll() {
        release(one, Map.of("x", ONE, "y", TWO));
        assertThat(fields(one)).isEqualTo(Map.of("x", ONE, "y", TWO));
        assertThat(fields(two)).isEmpty();
        cluster.run(Duration.ofMillis(10));
        assertThat(releases.keySet())
                .allSatisfy(member -> assertThat(fields(member)).isEqualTo(Map.of("x", ONE, "y", TWO)));
    }

    @Test
    void shouldStartASectionFromTheReleasesBefore() {
        long first = release(one, Map.of("x", ONE));
        Section second = section(acquire(two));
        assertThat(second).isEqualTo(new Section(first + 1, first));
        assertThat(fields(two)).isEqualTo(Map.of("x", ONE));
    }

    @Test
    void shouldRemoveFieldsThatAreReleasedAsNull() {
        release(one, Map.of("x", ONE, "y", ONE));
        release(two, Collections.singletonMap("x", null));
        cluster.run(SECOND);
        assertThat(releases.get(one).replica().copy(OBJECT).fields().keySet()).containsExactly("y");
        assertThat(releases.get(one).replica().get(OBJECT, "x")).isNull();
        assertThat(releases.get(one).replica().get(OBJECT, "y")).isEqualTo(ONE);
    }

    @Test
    void shouldTellOfEachFieldThatChangedOnly() {
        release(one, Map.of("x", ONE, "y", ONE));
        cluster.run(SECOND);
        changes.clear();
        release(one, Map.of("x", ONE, "y", TWO));
        assertThat(changes).containsExactly(one + " y=" + TWO);
    }

    @Test
    void shouldNeedOneMulticastForARelease() {
        Section section = section(acquire(one));
        cluster.forgetSent();
        releases.get(one).release(OBJECT, section.token(), Map.of("x", Change.set(ONE)));
        cluster.run(Duration.ofMillis(50));
        assertThat(cluster.sent(Diff.class)).isEqualTo(3);
        assertThat(cluster.sent()).isEqualTo(3);
    }

    @Test
    void shouldHandASectionOnInTwoHopsWithWhatWasReleased() {
        Duration hop = Duration.ofMillis(10);
        cluster.firewall().delay(hop, hop);
        Section first = section(acquire(one));
        CompletableFuture<Section> second =
                releases.get(two).acquire(OBJECT, "b").section();
        cluster.run(SECOND);
        long begun = cluster.now();
        releases.get(one).release(OBJECT, first.token(), Map.of("x", Change.set(ONE)));
        assertThat(cluster.runUntil(second::isDone, SECOND)).isTrue();
        assertThat(Duration.ofNanos(cluster.now() - begun)).isEqualTo(hop.multipliedBy(2));
        assertThat(fields(two)).isEqualTo(Map.of("x", ONE));
    }

    @Test
    void shouldNeedOneMessageMoreThanThereAreMembersForASection() {
        for (MemberId member : List.of(one, home)) {
            cluster.forgetSent();
            release(member, Map.of("x", ONE));
            cluster.run(Duration.ofMillis(10));
            assertThat(cluster.sent()).isEqualTo(member.equals(home) ? 3 : 5);
        }
    }

    @Test
    void shouldKeepTheVersionWhenASectionWroteNothing() {
        long written = release(one, Map.of("x", ONE));
        cluster.run(SECOND);
        cluster.forgetSent();
        release(two, Map.of());
        cluster.run(SECOND);
        assertThat(cluster.sent(Diff.class)).isZero();
        assertThat(section(acquire(one)).base()).isEqualTo(written);
    }

    @Test
    void shouldFetchWhatAnAcquirerMissed() {
        cluster.firewall().rule(lose(Diff.class, two));
        release(one, Map.of("x", ONE));
        Entering entering = acquire(two);
        assertThat(entering.section()).isNotDone();
        cluster.run(Duration.ofMillis(200));
        assertThat(entering.section()).isCompleted();
        assertThat(fields(two)).isEqualTo(Map.of("x", ONE));
    }

    @Test
    void shouldApplyADiffThatCameEarlyOnceItsBaseIsThere() {
        cluster.firewall().rule(lose(Diff.class, two));
        release(one, Map.of("x", ONE));
        cluster.firewall().heal();
        release(home, Map.of("y", TWO));
        cluster.run(Duration.ofMillis(10));
        assertThat(fields(two)).isEmpty();
        cluster.run(SECOND);
        assertThat(fields(two)).isEqualTo(Map.of("x", ONE, "y", TWO));
    }

    @Test
    void shouldBringAMemberUpToDateThatMissedTheLastRelease() {
        cluster.firewall().rule(lose(Diff.class, two));
        release(one, Map.of("x", ONE));
        cluster.run(SECOND);
        assertThat(fields(two)).isEqualTo(Map.of("x", ONE));
    }

    @Test
    void shouldSendAReleaseAgainThatTheHomeMissed() {
        Section section = section(acquire(one));
        cluster.firewall().rule(lose(Diff.class, home));
        releases.get(one).release(OBJECT, section.token(), Map.of("x", Change.set(ONE)));
        cluster.run(Duration.ofMillis(50));
        assertThat(fields(home)).isEmpty();
        cluster.firewall().heal();
        cluster.run(SECOND);
        assertThat(fields(home)).isEqualTo(Map.of("x", ONE));
    }

    @Test
    void shouldFallSilentOnceAllHaveTheLatestVersion() {
        release(one, Map.of("x", ONE));
        cluster.run(SECOND);
        cluster.forgetSent();
        cluster.run(Duration.ofSeconds(10));
        assertThat(cluster.sent()).isZero();
    }

    @Test
    void shouldHandOnASectionThatIsCancelled() {
        acquire(one);
        Entering waiting = acquire(two);
        releases.get(two).cancel(waiting);
        assertThat(waiting.section()).isCancelled();
        assertThat(waiting.heldBy()).contains("client on " + one);
    }

    @Test
    void shouldHandOnASectionThatIsCancelledBeforeItsBaseCame() {
        cluster.firewall().rule(lose(Diff.class, two)).rule(lose(State.class, two));
        release(one, Map.of("x", ONE));
        Entering entering = acquire(two);
        releases.get(two).cancel(entering);
        assertThat(entering.section()).isCancelled();
        assertThat(acquire(one).section()).isCompleted();
    }

    @Test
    void shouldRefuseToReleaseWhatIsNoSection() {
        long token = section(acquire(one)).token();
        assertThatThrownBy(() -> releases.get(two).release(OBJECT, token, Map.of("x", Change.set(ONE))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no section with token " + token);
    }

    @Test
    void shouldRefuseMessagesOfOthers() {
        assertThatThrownBy(() -> releases.get(one).onMessage(two, new Stranger()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Stranger");
    }

    private static Firewall.Rule lose(Class<? extends Message> type, MemberId receiver) {
        return (from, to, message) -> type.isInstance(message) && to.equals(receiver) ? Firewall.Fate.LOST : null;
    }

    @Test
    void shouldFlushInOneRoundTrip() {
        release(one, Map.of("x", ONE));
        cluster.forgetSent();
        CompletableFuture<Void> flushed = releases.get(one).flush(OBJECT);
        assertThat(flushed).isNotDone();
        cluster.run(Duration.ofMillis(10));
        assertThat(flushed).isCompleted();
        assertThat(cluster.sent(Confirm.class)).isEqualTo(3);
        assertThat(cluster.sent(Confirmed.class)).isEqualTo(3);
    }

    @Test
    void shouldFlushAtOnceWhenNothingWasReleasedOrAllHaveIt() {
        assertThat(releases.get(one).flush(OBJECT)).isCompleted();
        release(one, Map.of("x", ONE));
        var unused = releases.get(one).flush(OBJECT);
        cluster.run(SECOND);
        assertThat(releases.get(one).flush(OBJECT)).isCompleted();
    }

    @Test
    void shouldNotEndAFlushBeforeTheLastMemberHasTheRelease() {
        cluster.firewall().rule(lose(Diff.class, two));
        cluster.firewall().rule(lose(State.class, two));
        release(one, Map.of("x", ONE));
        CompletableFuture<Void> flushed = releases.get(one).flush(OBJECT);
        cluster.run(SECOND);
        assertThat(flushed).isNotDone();
        cluster.firewall().heal();
        cluster.run(Duration.ofSeconds(3));
        assertThat(flushed).isCompleted();
        assertThat(fields(two)).isEqualTo(Map.of("x", ONE));
    }

    @Test
    void shouldFailTheFlushOfAMemberThatIsOutOnce() {
        release(one, Map.of("x", ONE));
        releases.get(one).onDropped();
        assertThat(releases.get(one).flush(OBJECT)).isCompletedExceptionally();
        assertThat(releases.get(one).flush(OBJECT)).isCompleted();
    }

    @Test
    void shouldFailTheNextFlushThoughOneIsOpenThatNobodyWaitsForAnyMore() {
        release(one, Map.of("x", ONE));
        CompletableFuture<Void> abandoned = releases.get(one).flush(OBJECT);
        releases.get(one).onDropped();
        assertThat(abandoned).isCompletedExceptionally();
        assertThat(releases.get(one).flush(OBJECT)).isCompletedExceptionally();
    }

    private long release(MemberId member, Map<String, Value> written) {
        Section section = section(acquire(member));
        Copy copy = releases.get(member).replica().copy(OBJECT);
        releases.get(member).release(OBJECT, section.token(), SomeFields.changes(copy, written));
        return section.token();
    }

    private Entering acquire(MemberId member) {
        CompletableFuture<Entering> asked = new CompletableFuture<>();
        cluster.onLoop(member, () -> asked.complete(releases.get(member).acquire(OBJECT, "client on " + member)));
        cluster.run(Duration.ofMillis(50));
        return asked.join();
    }

    private static Section section(Entering entering) {
        return entering.section().join();
    }

    private Map<String, Value> fields(MemberId member) {
        return releases.get(member).replica().copy(OBJECT).fields();
    }
}
