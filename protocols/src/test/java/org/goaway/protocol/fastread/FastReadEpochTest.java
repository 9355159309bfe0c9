package org.goaway.protocol.fastread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Answer.Result;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Fence;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;
import org.goaway.protocol.fastread.FastReadMessage.Ack;
import org.goaway.protocol.fastread.FastReadMessage.Done;
import org.goaway.protocol.fastread.FastReadMessage.Lock;
import org.goaway.protocol.fastread.FastReadMessage.SnapshotPart;
import org.goaway.protocol.fastread.FastReadMessage.Update;
import org.goaway.protocol.kit.Firewall;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.ShortNumbers;
import org.junit.jupiter.api.Test;

/** What members that are lost, dropped, back or new mean for fast-read objects. */
class FastReadEpochTest {

    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.FAST_READ, "object");
    private static final ObjectId LOCK = new ObjectId(ObjectId.Kind.LOCK, "lock");
    private static final Duration SOON = Duration.ofSeconds(1);

    private final LocalCluster cluster = new LocalCluster(3, 1);
    private final List<String> heard = new ArrayList<>();
    private final Map<MemberId, FastRead> members = cluster.install((self, transport, clock) -> new FastRead(
            self,
            transport,
            clock,
            new ShortNumbers(),
            (object, field, value) -> heard.add(self + " " + field + " " + value),
            cluster.register().lease(self),
            new Limits(Duration.ofSeconds(2), Duration.ofSeconds(10), 1 << 20)));
    private final MemberId home = cluster.epoch().home(OBJECT);
    private final List<MemberId> others =
            cluster.members().stream().filter(member -> !member.equals(home)).toList();

    @Test
    void shouldFinishARoundWithoutTheMemberThatIsDropped() {
        cluster.crash(others.get(1));
        CompletableFuture<?> write = at(home).write(OBJECT, set("x", 1));
        cluster.run(SOON);
        assertThat(write).isNotDone();
        assertThat(at(others.get(0)).replica(OBJECT).locked()).containsExactly("x");
        cluster.register().drop(others.get(1));
        done(write);
        assertThat(read(others.get(0), "x")).isEqualTo(ShortNumbers.value(1));
    }

    @Test
    void shouldApplyOnceWhatTheNextHomeIsAskedAgain() {
        cluster.firewall().drop(Update.class, 1).drop(Done.class, 1);
        CompletableFuture<?> write = at(others.get(0)).write(OBJECT, new Operation.Add("n", 5));
        cluster.run(SOON);
        cluster.crash(home);
        cluster.firewall().heal();
        cluster.register().drop(home);
        done(write);
        assertThat(read(others.get(1), "n")).isEqualTo(ShortNumbers.value(5));
    }

    @Test
    void shouldUndoWhatOnlySomeHaveOfARoundOfALostHome() {
        done(at(home).write(OBJECT, set("x", 1)));
        cluster.run(SOON);
        MemberId next = withoutHome();
        MemberId other = others.get(0).equals(next) ? others.get(1) : others.get(0);
        cluster.firewall().cut(home, next);
        CompletableFuture<?> lost = at(home).write(OBJECT, set("x", 2));
        cluster.run(SOON);
        assertThat(at(other).replica(OBJECT).locked()).containsExactly("x");
        cluster.crash(home);
        cluster.register().drop(home);
        assertThat(done(at(other).readable(OBJECT, "x")).value()).isEqualTo(ShortNumbers.value(1));
        assertThat(read(next, "x")).isEqualTo(ShortNumbers.value(1));
        assertThat(lost).isNotDone();
    }

    @Test
    void shouldRemoveOnceMoreWhatTheNextHomeDoesNotKnowToBeRemoved() {
        done(at(home).write(OBJECT, set("x", 1)));
        done(at(home).write(OBJECT, set("y", 1)));
        cluster.run(SOON);
        MemberId next = withoutHome();
        MemberId other = others.get(0).equals(next) ? others.get(1) : others.get(0);
        cluster.firewall()
                .rule((from, to, message) -> to.equals(next) && message instanceof Update ? Firewall.Fate.LOST : null);
        done(at(home).write(OBJECT, new Operation.Set("x", null)));
        cluster.run(Duration.ofMillis(100));
        assertThat(at(next).replica(OBJECT).names()).containsExactly("x", "y");
        assertThat(at(other).replica(OBJECT).names()).containsExactly("y");
        cluster.crash(home);
        cluster.register().drop(home);
        cluster.run(SOON);
        for (MemberId member : others) {
            assertThat(at(member).replica(OBJECT).names()).containsExactly("y");
            assertThat(read(member, "x")).isNull();
        }
        assertThat(done(at(other).write(OBJECT, new Operation.SetIf("x", Version.NONE, ShortNumbers.value(2))))
                        .result())
                .isEqualTo(Result.DONE);
    }

    @Test
    void shouldEndAsUnknownWhatADroppedMemberHadAsked() {
        cluster.firewall().cut(home, others.get(0));
        CompletableFuture<?> write = at(others.get(0)).write(OBJECT, set("x", 1));
        cluster.run(SOON);
        cluster.register().drop(others.get(0));
        cluster.firewall().heal();
        cluster.register().add(others.get(0));
        assertThat(cluster.runUntil(write::isDone, SOON)).isTrue();
        assertFails(write, Outcome.UNKNOWN);
        done(at(others.get(0)).write(OBJECT, set("x", 2)));
        assertThat(read(home, "x")).isEqualTo(ShortNumbers.value(2));
    }

    @Test
    void shouldTellAMemberThatIsBackWhatWasRemovedMeanwhile() {
        MemberId back = others.get(0);
        for (String field : List.of("kept", "removed", "removed later")) {
            done(at(home).write(OBJECT, set(field, 1)));
        }
        done(at(home).write(OBJECT, set("never seen", 1)));
        done(at(home).write(OBJECT, new Operation.Set("never seen", null)));
        cluster.run(SOON);
        cluster.register().drop(back);
        cluster.run(SOON);
        done(at(home).write(OBJECT, new Operation.Set("removed", null)));
        cluster.register().add(cluster.enter());
        cluster.run(SOON);
        done(at(home).write(OBJECT, new Operation.Set("removed later", null)));
        cluster.run(SOON);
        heard.clear();
        cluster.register().add(back);
        cluster.run(SOON);
        assertThat(at(back).isSynced()).isTrue();
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        back + " kept " + ShortNumbers.value(1), back + " removed null", back + " removed later null");
    }

    @Test
    void shouldTellARemovalOnlyOnce() {
        done(at(home).write(OBJECT, set("x", 1)));
        done(at(home).write(OBJECT, new Operation.Set("x", null)));
        cluster.run(SOON);
        // With all that the object has, since the round before is open when its home is lost.
        MemberId next = withoutHome();
        MemberId other = others.get(0).equals(next) ? others.get(1) : others.get(0);
        cluster.firewall().cut(home, next);
        var lost = at(home).write(OBJECT, set("y", 2));
        cluster.run(SOON);
        cluster.crash(home);
        heard.clear();
        cluster.register().drop(home);
        done(at(next).write(OBJECT, set("z", 3)));
        cluster.run(SOON);
        assertThat(lost).isNotDone();
        assertThat(heard).contains(other + " y null").noneMatch(line -> line.contains(" x "));
    }

    @Test
    void shouldEndReadsOfAMemberWithoutALeaseAfterTheLeaseTime() {
        cluster.register().drop(others.get(0));
        CompletableFuture<?> read = at(others.get(0)).readable(OBJECT, "x");
        cluster.run(Duration.ofMillis(1900));
        assertThat(read).isNotDone();
        cluster.run(Duration.ofMillis(200));
        assertFails(read, Outcome.NOT_DONE);
    }

    @Test
    void shouldReadAgainWhenTheLeaseIsBack() {
        cluster.register().lapse(others.get(0), Duration.ofMillis(500));
        assertThat(at(others.get(0)).replica(OBJECT).read("x")).isNull();
        assertThat(at(others.get(0)).replica(OBJECT).names()).isNull();
        done(at(others.get(0)).readable(OBJECT, "x"));
    }

    @Test
    void shouldAnswerWhatChangesNothingOnlyUnderALease() {
        cluster.register().lapse(home, Duration.ofMillis(500));
        Operation refused = new Operation.CompareAndSet("x", ShortNumbers.value(9), ShortNumbers.value(1));
        var answer = at(home).write(OBJECT, refused);
        cluster.run(Duration.ofMillis(400));
        assertThat(answer).isNotDone();
        assertThat(done(answer).result()).isEqualTo(Result.REFUSED);
    }

    @Test
    void shouldGiveAJoinerEverythingPartByPart() {
        Value large = Value.of(new byte[40_000]);
        for (int number = 0; number < 7; number++) {
            ObjectId object = new ObjectId(ObjectId.Kind.FAST_READ, "object" + number);
            done(at(home).write(object, new Operation.Set("x", large), new Fence(LOCK, number)));
        }
        cluster.run(SOON);
        cluster.forgetSent();
        cluster.firewall().drop(SnapshotPart.class, 0.5);
        MemberId joiner = cluster.enter();
        cluster.register().add(joiner);
        assertThat(cluster.runUntil(() -> at(joiner).isSynced(), Duration.ofMinutes(1)))
                .isTrue();
        assertThat(cluster.sent(SnapshotPart.class)).isGreaterThanOrEqualTo(4);
        for (int number = 0; number < 7; number++) {
            ObjectId object = new ObjectId(ObjectId.Kind.FAST_READ, "object" + number);
            assertThat(at(joiner).replica(object).contents())
                    .usingRecursiveComparison()
                    .isEqualTo(at(home).replica(object).contents());
        }
    }

    @Test
    void shouldLetReadersOfAJoinerWaitForItsCopies() {
        done(at(home).write(OBJECT, set("x", 1)));
        cluster.run(SOON);
        cluster.firewall().drop(SnapshotPart.class, 1);
        MemberId joiner = cluster.enter();
        cluster.register().add(joiner);
        cluster.run(SOON);
        CompletableFuture<Entry> read = at(joiner).readable(OBJECT, "x");
        cluster.run(Duration.ofSeconds(5));
        assertThat(read).isNotDone();
        cluster.firewall().heal();
        assertThat(done(read).value()).isEqualTo(ShortNumbers.value(1));
    }

    @Test
    void shouldForgetLostClientsInTheNextEpoch() {
        done(at(others.get(0)).write(OBJECT, set("x", 1)));
        cluster.run(SOON);
        cluster.register().drop(others.get(0));
        cluster.run(SOON);
        done(at(others.get(1)).write(OBJECT, set("y", 1)));
        cluster.run(SOON);
        MemberId now = cluster.register().agreed().home(OBJECT);
        assertThat(at(now).replica(OBJECT).contents().finished())
                .noneMatch(one -> one.client().equals(others.get(0)));
    }

    @Test
    void shouldFenceOffAStaleWriterAlsoAtTheNextHome() {
        done(at(home).write(OBJECT, set("x", 1), new Fence(LOCK, 34)));
        cluster.run(SOON);
        cluster.crash(home);
        cluster.register().drop(home);
        assertThat(done(at(others.get(0)).write(OBJECT, set("x", 2), new Fence(LOCK, 33)))
                        .result())
                .isEqualTo(Result.STALE_TOKEN);
    }

    @Test
    void shouldCostAnEpochChangeNothingForObjectsThatAreValid() {
        done(at(home).write(OBJECT, set("x", 1)));
        cluster.run(SOON);
        cluster.register().drop(others.get(0));
        cluster.run(SOON);
        cluster.forgetSent();
        done(at(home).write(OBJECT, set("x", 2)));
        cluster.run(SOON);
        assertThat(cluster.sent(Lock.class)).isEqualTo(1);
        assertThat(cluster.sent(Ack.class)).isEqualTo(1);
        assertThat(cluster.sent()).isEqualTo(3);
    }

    private FastRead at(MemberId member) {
        return members.get(member);
    }

    /** The home of the epoch without the present one. */
    private MemberId withoutHome() {
        return Epoch.founding(Set.copyOf(others)).home(OBJECT);
    }

    private Value read(MemberId member, String field) {
        return done(at(member).readable(OBJECT, field)).value();
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

    private static void assertFails(CompletableFuture<?> future, Outcome outcome) {
        assertThatThrownBy(future::join)
                .hasCauseInstanceOf(ProtocolException.class)
                .extracting(failure -> ((ProtocolException) failure.getCause()).outcome())
                .isEqualTo(outcome);
    }
}
