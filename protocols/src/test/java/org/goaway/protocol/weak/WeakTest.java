package org.goaway.protocol.weak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.goaway.protocol.Changes;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.LocalCluster;
import org.junit.jupiter.api.Test;

class WeakTest {

    private static final ObjectId OBJECT = WeakMembers.object("o");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LocalCluster cluster = new LocalCluster(3, 1);
    private final Map<MemberId, Weak> members = cluster.install((self, transport, clock) -> new Weak(
            self, transport, clock, (object, field, value) -> {}, action -> cluster.onLoop(self, action), PATIENCE));
    private final MemberId first = cluster.members().get(0);
    private final Weak weak = members.get(first);

    @Test
    void shouldSyncWithoutAMemberThatIsGone() {
        cluster.crash(cluster.members().get(1));
        weak.set(OBJECT, "f", WeakMembers.value(1, 0));
        CompletableFuture<Void> sync = weak.sync(OBJECT);
        cluster.run(Duration.ofSeconds(1));
        assertThat(sync).isCompleted();
        assertThat(members.get(cluster.members().get(2)).replica(OBJECT).get("f"))
                .isEqualTo(WeakMembers.value(1, 0));
    }

    @Test
    void shouldEndSyncsButNotSetsWhenNoMajorityIsLeft() {
        cluster.crash(cluster.members().get(1));
        cluster.crash(cluster.members().get(2));
        weak.set(OBJECT, "f", WeakMembers.value(1, 0));
        CompletableFuture<Void> running = weak.sync(OBJECT);
        cluster.run(Duration.ofSeconds(1));
        for (CompletableFuture<Void> sync : List.of(running, weak.sync(OBJECT))) {
            assertThatThrownBy(sync::join)
                    .cause()
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("m2")
                    .hasMessageContaining("m3");
        }
        weak.set(OBJECT, "f", WeakMembers.value(2, 0));
        cluster.run(Duration.ofSeconds(1));
        assertThat(weak.replica(OBJECT).get("f")).isEqualTo(WeakMembers.value(2, 0));
        assertThat(weak.room()).isCompleted();
    }

    @Test
    void shouldEndASyncInTimeAndNameWhoDidNotAcknowledge() {
        MemberId silent = cluster.members().get(2);
        cluster.firewall().cut(first, silent);
        weak.set(OBJECT, "f", WeakMembers.value(1, 0));
        CompletableFuture<Void> sync = weak.sync(OBJECT);
        cluster.run(PATIENCE.minusSeconds(1));
        assertThat(sync).isNotDone();
        cluster.run(Duration.ofSeconds(2));
        assertThatThrownBy(sync::join)
                .cause()
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("[m3]");
        cluster.firewall().heal();
        cluster.run(Duration.ofSeconds(5));
        assertThat(members.get(silent).replica(OBJECT).get("f")).isEqualTo(WeakMembers.value(1, 0));
    }

    @Test
    void shouldReplaceWhatWaitsWhileTheNetworkIsBusy() {
        for (int i = 0; i < 1_000; i++) {
            weak.set(OBJECT, "f", WeakMembers.value(i, 1_000));
        }
        cluster.run(Duration.ofSeconds(1));
        assertThat(cluster.sent(Sets.class)).isEqualTo(2);
        assertThat(members.get(cluster.members().get(2)).replica(OBJECT).version("f"))
                .isEqualTo(new WeakVersion(1_000, first));
    }

    @Test
    void shouldSpreadWhatADeadWriterToldOneMemberOnly() {
        MemberId told = cluster.members().get(1);
        MemberId other = cluster.members().get(2);
        cluster.firewall().cut(first, other);
        weak.set(OBJECT, "f", WeakMembers.value(1, 0));
        cluster.run(Duration.ofMillis(20));
        cluster.crash(first);
        cluster.run(Duration.ofSeconds(1));
        assertThat(members.get(told).replica(OBJECT).get("f")).isEqualTo(WeakMembers.value(1, 0));
        assertThat(members.get(other).replica(OBJECT).get("f")).isEqualTo(WeakMembers.value(1, 0));
    }

    @Test
    void shouldPassOnWhatComesLateFromADeadWriter() {
        MemberId told = cluster.members().get(1);
        MemberId other = cluster.members().get(2);
        cluster.firewall().cut(first, other).delay(Sets.class, Duration.ofMillis(500), Duration.ofMillis(500));
        weak.set(OBJECT, "f", WeakMembers.value(1, 0));
        cluster.run(Duration.ofMillis(20));
        cluster.crash(first);
        cluster.run(Duration.ofMillis(400));
        assertThat(members.get(told).replica(OBJECT).get("f")).isNull();
        cluster.run(Duration.ofSeconds(1));
        assertThat(members.get(other).replica(OBJECT).get("f")).isEqualTo(WeakMembers.value(1, 0));
    }

    @Test
    void shouldSendOnlyWhatDiffersToAMemberThatIsBack() {
        MemberId back = cluster.members().get(2);
        for (int i = 0; i < 20_000; i++) {
            weak.set(OBJECT, "f" + i, WeakMembers.value(i, 0));
        }
        cluster.run(Duration.ofSeconds(1));
        cluster.lose(first, back);
        cluster.run(Duration.ofMillis(100));
        weak.set(OBJECT, "f7", WeakMembers.value(-1, 0));
        cluster.run(Duration.ofMillis(100));
        cluster.forgetSent();
        cluster.onLoop(first, () -> weak.onBack(back));
        cluster.run(Duration.ofSeconds(1));
        assertThat(members.get(back).replica(OBJECT).get("f7")).isEqualTo(WeakMembers.value(-1, 0));
        assertThat(cluster.sent(Compare.class)).as("questions of 256 slices").isEqualTo(1);
        assertThat(cluster.sent(Sets.class)).isEqualTo(1);
    }

    @Test
    void shouldSyncWithAMemberThatIsBackBySendingWhatItLacksOnly() {
        MemberId back = cluster.members().get(2);
        for (int i = 0; i < 20_000; i++) {
            weak.set(OBJECT, "f" + i, WeakMembers.value(i, 0));
        }
        cluster.run(Duration.ofSeconds(1));
        cluster.lose(first, back);
        cluster.run(Duration.ofMillis(100));
        weak.set(OBJECT, "f7", WeakMembers.value(-1, 0));
        cluster.run(Duration.ofMillis(100));
        cluster.forgetSent();
        List<CompletableFuture<Void>> syncs = new ArrayList<>();
        cluster.onLoop(first, () -> {
            weak.onBack(back);
            for (int i = 0; i < 5; i++) {
                syncs.add(weak.sync(OBJECT));
            }
        });
        assertThat(cluster.runUntil(
                        () -> syncs.size() == 5 && syncs.stream().allMatch(CompletableFuture::isDone),
                        Duration.ofSeconds(1)))
                .isTrue();
        assertThat(members.get(back).replica(OBJECT).get("f7")).isEqualTo(WeakMembers.value(-1, 0));
        assertThat(cluster.sent(Sets.class)).isEqualTo(1);
    }

    @Test
    void shouldSyncASmallObjectWithAMemberThatIsBackBeforeWhatItLacksOfALargeOneIsThrough() {
        MemberId back = cluster.members().get(2);
        cluster.lose(first, back);
        cluster.run(Duration.ofMillis(100));
        weak.set(OBJECT, "x", WeakMembers.value(1, 0));
        cluster.run(Duration.ofSeconds(1));
        ObjectId large = WeakMembers.object("large");
        for (int i = 0; i < 2_000; i++) {
            weak.set(large, "f" + i, WeakMembers.value(i, 1_000));
        }
        cluster.run(Duration.ofSeconds(1));
        Replica there = members.get(back).replica(large);
        CompletableFuture<CompletableFuture<Void>> sync = new CompletableFuture<>();
        cluster.onLoop(first, () -> {
            weak.onBack(back);
            sync.complete(weak.sync(OBJECT));
        });
        assertThat(cluster.runUntil(() -> sync.isDone() && sync.join().isDone(), Duration.ofSeconds(1)))
                .isTrue();
        assertThat(members.get(back).replica(OBJECT).get("x")).isEqualTo(WeakMembers.value(1, 0));
        assertThat(there.fields()).hasSizeLessThan(2_000);
    }

    @Test
    void shouldNotSendAnObjectOfOneLargeValueToAMemberThatIsBackAndHasIt() {
        MemberId back = cluster.members().get(2);
        weak.set(OBJECT, "x", WeakMembers.value(1, 100_000));
        cluster.run(Duration.ofSeconds(1));
        cluster.lose(first, back);
        cluster.run(Duration.ofMillis(100));
        cluster.forgetSent();
        cluster.onLoop(first, () -> {
            weak.onBack(back);
            var unused = weak.sync(OBJECT);
        });
        cluster.run(Duration.ofSeconds(1));
        assertThat(cluster.sent(Sets.class)).isZero();
    }

    @Test
    void shouldTellAMemberThatIsBackWhatItLacksWhileAWriterFillsTheWindow() {
        LocalCluster own = new LocalCluster(3, 2);
        MemberId back = own.members().get(2);
        Map<MemberId, Copies> copies = new HashMap<>();
        Weak writing = install(own, self -> copies.computeIfAbsent(self, id -> new Copies(id, 1 << 30)));
        own.lose(first, back);
        own.run(Duration.ofSeconds(1));
        ObjectId compared = WeakMembers.object("first");
        writing.set(compared, "missed", WeakMembers.value(1, 0));
        own.run(Duration.ofSeconds(1));
        own.onLoop(first, () -> writing.onBack(back));
        for (int i = 0; i < 1_000; i++) {
            writing.set(OBJECT, "f" + i, WeakMembers.value(i, 100));
        }
        Copies there = copies.get(back);
        assertThat(own.runUntil(() -> there.replica(compared).get("missed") != null, Duration.ofMinutes(1)))
                .isTrue();
        assertThat(there.replica(OBJECT).fields()).hasSizeLessThan(500);
    }

    @Test
    void shouldSendWhatItHadNoMemoryToRead() {
        MemberId other = cluster.members().get(1);
        AtomicBoolean full = new AtomicBoolean(true);
        Copies copies = new Copies(first, 1 << 30) {
            @Override
            int read(FieldId id, List<FieldSet> sets) {
                if (full.getAndSet(false)) {
                    throw new OutOfMemoryError("meant to be");
                }
                return super.read(id, sets);
            }
        };
        List<Runnable> turns = new ArrayList<>();
        List<Message> sent = new ArrayList<>();
        Weak own = new Weak(
                first, new Sending(sent), () -> 0, (object, field, value) -> {}, turns::add, WeakParts.LIMITS, copies);
        own.onEpoch(Epoch.founding(Set.of(first, other)));
        own.set(OBJECT, "f", WeakMembers.value(1, 0));
        assertThatThrownBy(turns.remove(0)::run).isInstanceOf(OutOfMemoryError.class);
        CompletableFuture<Void> sync = own.sync(OBJECT);
        assertThat(sync).isNotDone();
        own.onMessage(other, new Installed(List.of(((Sets) sent.get(0)).number())));
        assertThat(sync).isCompleted();
        assertThat(copies.load()).isZero();
    }

    @Test
    void shouldNotRepeatWhatWaitsBehindMuchElseInASlowNetwork() {
        MemberId other = cluster.members().get(1);
        long[] now = {0};
        List<Message> sent = new ArrayList<>();
        Weak own = new Weak(first, new Sending(sent), () -> now[0], (object, field, value) -> {}, turn -> {}, PATIENCE);
        own.onEpoch(Epoch.founding(Set.of(first, other)));
        for (int i = 0; i < 10_000; i++) {
            own.set(OBJECT, "f" + i, WeakMembers.value(i, 1_000));
        }
        CompletableFuture<Void> sync = own.sync(OBJECT);
        List<Message> batches = List.copyOf(sent);
        assertThat(batches).hasSizeGreaterThan(150);
        for (Message batch : batches) {
            now[0] += Duration.ofMillis(5).toNanos(); // about what 54 KB take at 100 Mbit/s
            own.onTick(now[0]);
            own.onMessage(other, new Installed(List.of(((Sets) batch).number())));
        }
        assertThat(sync).isCompleted();
        assertThat(sent.stream().filter(Sets.class::isInstance).count()).isEqualTo(batches.size());
    }

    private record Sending(List<Message> sent) implements Transport {
        @Override
        public void send(MemberId to, Message message) {
            sent.add(message);
        }

        @Override
        public void multicast(Collection<MemberId> to, Message message) {
            sent.add(message);
        }
    }

    @Test
    void shouldNotRunAfterAWriterThatNeverRests() {
        List<Weak> own = new ArrayList<>();
        List<Runnable> turns = new ArrayList<>();
        Changes rewrite = (object, field, value) -> own.get(0).set(object, field, value);
        own.add(new Weak(first, new Sending(new ArrayList<>()), () -> 0, rewrite, turns::add, PATIENCE));
        own.get(0).onEpoch(Epoch.founding(Set.of(first)));
        own.get(0).set(OBJECT, "f", WeakMembers.value(1, 0));
        turns.remove(0).run();
        assertThat(turns).as("the next turn").hasSize(1);
        assertThat(own.get(0).sync(OBJECT)).isCompleted();
    }

    @Test
    void shouldForgetRemovalsAndThenBeSilent() {
        weak.set(OBJECT, "f", WeakMembers.value(1, 0));
        weak.set(OBJECT, "g", WeakMembers.value(1, 0));
        cluster.run(Duration.ofSeconds(10));
        weak.set(OBJECT, "f", null);
        cluster.run(Duration.ofMillis(500));
        assertThat(members.values())
                .allSatisfy(
                        member -> assertThat(member.replica(OBJECT).versioned()).containsExactlyInAnyOrder("f", "g"));
        cluster.run(Duration.ofSeconds(10));
        assertThat(members.values())
                .allSatisfy(
                        member -> assertThat(member.replica(OBJECT).versioned()).containsExactly("g"));
        cluster.forgetSent();
        cluster.run(Duration.ofSeconds(10));
        assertThat(cluster.sent()).isZero();
    }

    @Test
    void shouldRememberRemovalsWhileAMemberIsGone() {
        MemberId other = cluster.members().get(2);
        cluster.lose(first, other);
        cluster.run(Duration.ofSeconds(1));
        weak.set(OBJECT, "f", WeakMembers.value(1, 0));
        weak.set(OBJECT, "f", null);
        cluster.run(Duration.ofSeconds(20));
        assertThat(weak.replica(OBJECT).versioned()).containsExactly("f");
        cluster.onLoop(first, () -> weak.onBack(other));
        cluster.run(Duration.ofSeconds(10));
        assertThat(weak.replica(OBJECT).versioned()).isEmpty();
    }

    @Test
    void shouldRememberOneRemovalOfAFieldThatIsRemovedAgainAndAgainWhileAMemberIsGone() {
        Copies copies = new Copies(first, 1 << 30);
        LocalCluster own = new LocalCluster(3, 2);
        Weak removing = install(own, self -> self.equals(first) ? copies : new Copies(self, 1 << 30));
        own.lose(first, own.members().get(2));
        own.run(Duration.ofSeconds(1));
        for (int i = 0; i < 100_000; i++) {
            removing.set(OBJECT, "f", WeakMembers.value(i, 0));
            removing.set(OBJECT, "f", null);
        }
        own.run(Duration.ofSeconds(1));
        WeakVersion last = removing.replica(OBJECT).version("f");
        assertThat(copies.takeRemovals()).containsExactly(new Copies.Removal(new FieldId(OBJECT, "f"), last));
    }

    /** Gives all members weak objects with tight limits; returns those of the first. */
    private static Weak install(LocalCluster cluster, Function<MemberId, Copies> copies) {
        return cluster.install((self, transport, clock) -> new Weak(
                        self,
                        transport,
                        clock,
                        (object, field, value) -> {},
                        action -> cluster.onLoop(self, action),
                        WeakParts.LIMITS,
                        copies.apply(self)))
                .get(cluster.members().get(0));
    }

    @Test
    void shouldRemoveAllFieldsPresentInAClear() {
        weak.set(OBJECT, "f", WeakMembers.value(1, 0));
        weak.set(OBJECT, "g", WeakMembers.value(1, 0));
        cluster.run(Duration.ofSeconds(1));
        Weak other = members.get(cluster.members().get(1));
        assertThat(other.replica(OBJECT).fields()).containsExactly("f", "g");
        other.clear(OBJECT);
        assertThat(other.replica(OBJECT).fields()).isEmpty();
        cluster.run(Duration.ofSeconds(1));
        assertThat(weak.replica(OBJECT).fields()).isEmpty();
    }
}
