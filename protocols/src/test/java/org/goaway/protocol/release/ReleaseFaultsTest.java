package org.goaway.protocol.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;
import org.goaway.protocol.diff.Change;
import org.goaway.protocol.diff.Patch;
import org.goaway.protocol.kit.Firewall;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.lock.LockParts;
import org.goaway.protocol.lock.Locks;
import org.junit.jupiter.api.Test;

/** What becomes of sections and releases when something fails in the middle of them. */
class ReleaseFaultsTest {

    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.RELEASE, "o");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Value ONE = Value.of(new byte[] {1});
    private static final Value TWO = Value.of(new byte[] {2});

    private final LocalCluster cluster = new LocalCluster(4, 1);
    private final MemberId home = cluster.epoch().home(OBJECT);
    /** The home in the next epoch, if that is without the present one. */
    private final MemberId heir = withoutHome().home(OBJECT);

    private final MemberId one = other(0);
    private final MemberId two = other(1);
    private final Map<MemberId, Locks> locks = new HashMap<>();
    private final Map<MemberId, Release> releases = parts().install(
                    cluster, cluster.register()::lease, self -> (object, field, value) -> {}, self ->
                            (object, token) -> {});

    private ReleaseParts parts() {
        return new ReleaseParts() {
            @Override
            LockParts locks() {
                return new LockParts() {
                    @Override
                    protected Duration patience() {
                        return PATIENCE;
                    }

                    @Override
                    public Member create(MemberId self, Transport transport, Clock clock, Lease lease) {
                        Member made = super.create(self, transport, clock, lease);
                        locks.put(self, made.locks());
                        return made;
                    }
                };
            }
        };
    }

    private Epoch withoutHome() {
        Map<MemberId, Long> joined = new TreeMap<>(cluster.epoch().joined());
        joined.remove(home);
        return new Epoch(2, joined, List.copyOf(joined.keySet()));
    }

    private MemberId other(int number) {
        return cluster.members().stream()
                .filter(member -> !member.equals(home) && !member.equals(heir))
                .toList()
                .get(number);
    }

    @Test
    void shouldGiveUpASectionThatIsGrantedWhenAllIsCutOffBeforeItsBaseCame() {
        Entering entering = granted(two);
        cutOff(two);
        cluster.run(PATIENCE.plusSeconds(4));
        assertThat(entering.section()).isDone();
        assertThatThrownBy(entering.section()::join)
                .hasCauseInstanceOf(ProtocolException.class)
                .hasMessageContaining("its home, member " + home + ", does not answer");
        cluster.firewall().heal();
        Entering next = acquire(one);
        cluster.run(Duration.ofSeconds(2)); // by then the home asks for the grant again
        assertThat(next.section()).isCompleted();
    }

    @Test
    void shouldSayThatTheLeaseIsMissingWhenThatKeepsAGrantFromBeingEntered() {
        Entering entering = granted(two);
        cluster.register().lapse(two, Duration.ofMinutes(1));
        cluster.run(PATIENCE.plusSeconds(4));
        assertThat(entering.section()).isDone();
        assertThatThrownBy(entering.section()::join).hasMessageContaining("without its lease");
    }

    @Test
    void shouldWaitForTheBaseAsLongAsTheHomeAnswers() {
        Entering entering = granted(two);
        cluster.run(PATIENCE.plusSeconds(10));
        assertThat(entering.section()).isNotDone();
        cluster.firewall().heal();
        cluster.run(Duration.ofSeconds(2));
        assertThat(entering.section()).isCompleted();
    }

    @Test
    void shouldCancelASectionThatWasGrantedToAMemberThatIsOut() {
        Entering entering = granted(two);
        locks.get(two).onDropped();
        releases.get(two).onDropped();
        releases.get(two).cancel(entering);
        assertThat(entering.section()).isCancelled();
    }

    @Test
    void shouldReleaseThoughAFollowerThrows() {
        releases.get(one).replica().follow(OBJECT, new Throwing());
        assertThatThrownBy(() -> release(one, Map.of("x", Change.set(ONE)))).hasMessage("a follower's fault");
        Entering next = acquire(two);
        assertThat(next.section()).isCompleted();
        assertThat(fields(two)).isEqualTo(Map.of("x", ONE));
        releases.get(two).release(OBJECT, next.section().join().token(), Map.of());
        assertThat(acquire(one).section()).isCompleted();
    }

    private static final class Throwing implements Follower {

        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public void edited(String field, Patch patch, Value value) {
            throw new IllegalStateException("a follower's fault");
        }

        @Override
        public void replaced(String field, Value value) {
            throw new IllegalStateException("a follower's fault");
        }

        @Override
        public void cleared() {}
    }

    @Test
    void shouldHandASectionOnWhoseChangesDoNotFit() {
        release(one, Map.of("x", Change.set(Value.of(new byte[100]))));
        byte[] edited = new byte[100];
        edited[50] = 1;
        Change edit = Change.between(Value.of(new byte[100]), Value.of(edited)).orElseThrow();
        assertThatThrownBy(() -> release(one, Map.of("y", edit))).isInstanceOf(IllegalArgumentException.class);
        assertThat(acquire(two).section()).isCompleted();
        assertThat(fields(two).keySet()).containsExactly("x");
    }

    @Test
    void shouldSendAReleaseAgainToAHomeThatStillIsInTheEpochThatTheReleaserIsOutOf() {
        Entering entering = acquire(one);
        cluster.firewall().rule(lose(Diff.class, home));
        releases.get(one).release(OBJECT, entering.section().join().token(), Map.of("x", Change.set(ONE)));
        cluster.run(Duration.ofMillis(20));
        cluster.firewall().heal();
        locks.get(one).onDropped();
        releases.get(one).onDropped();
        assertThat(fields(two)).isEqualTo(Map.of("x", ONE));
        cluster.run(SECOND);
        assertThat(fields(home)).isEqualTo(Map.of("x", ONE));
    }

    @Test
    void shouldTellAllOfAReleaseThatItsHomeGotWhileItRecovered() {
        cluster.firewall().rule(lose(Diff.class, heir)).rule(lose(State.class, heir));
        release(one, Map.of("x", Change.set(ONE)));
        Entering entering = acquire(one);
        long token = entering.section().join().token();
        cluster.firewall().heal();
        cluster.firewall().rule(lose(Diff.class, two)).rule(lose(Fetch.class, two));
        assertThat(cluster.register().change(Set.of(home), Set.of())).isTrue();
        assertThat(cluster.runUntil(() -> cluster.known(one) == 2, SECOND)).isTrue();
        cluster.onLoop(one, () -> releases.get(one).release(OBJECT, token, Map.of("x", Change.set(TWO))));
        cluster.run(Duration.ofSeconds(5));
        assertThat(fields(heir)).isEqualTo(Map.of("x", TWO));
        assertThat(fields(two)).isEqualTo(Map.of("x", TWO));
    }

    /** It has been granted the section, but not the version to start from. */
    private Entering granted(MemberId member) {
        cluster.firewall().rule(lose(Diff.class, member)).rule(lose(State.class, member));
        release(one, Map.of("x", Change.set(ONE)));
        Entering entering = acquire(member);
        assertThat(entering.section()).isNotDone();
        return entering;
    }

    private void cutOff(MemberId member) {
        Set<MemberId> others = new TreeSet<>(cluster.members());
        others.remove(member);
        cluster.firewall().part(Set.of(member), others);
    }

    private static Firewall.Rule lose(Class<? extends Message> type, MemberId receiver) {
        return (from, to, message) -> type.isInstance(message) && to.equals(receiver) ? Firewall.Fate.LOST : null;
    }

    private void release(MemberId member, Map<String, Change> written) {
        long token = acquire(member).section().join().token();
        releases.get(member).release(OBJECT, token, written);
        cluster.run(Duration.ofMillis(20));
    }

    private Entering acquire(MemberId member) {
        CompletableFuture<Entering> asked = new CompletableFuture<>();
        cluster.onLoop(member, () -> asked.complete(releases.get(member).acquire(OBJECT, "client on " + member)));
        cluster.run(Duration.ofMillis(50));
        return asked.join();
    }

    private Map<String, Value> fields(MemberId member) {
        return releases.get(member).replica().copy(OBJECT).fields();
    }
}
