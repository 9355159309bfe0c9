package org.goaway.protocol.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.LocalCluster;
import org.junit.jupiter.api.Test;

class LocksTest {

    private static final ObjectId LOCK = new ObjectId(ObjectId.Kind.LOCK, "l");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private record Stranger() implements Message {}

    private final LocalCluster cluster = new LocalCluster(4, 1);
    private boolean leased = true;
    private final Map<MemberId, Locks> locks = cluster.install((self, transport, clock) ->
            new LockParts().create(self, transport, clock, () -> leased).locks());
    private final MemberId home = cluster.epoch().home(LOCK);
    private final MemberId one = other(0);
    private final MemberId two = other(1);
    private final MemberId three = other(2);

    private MemberId other(int number) {
        return cluster.members().stream()
                .filter(member -> !member.equals(home))
                .toList()
                .get(number);
    }

    @Test
    void shouldIssueTokensOfTheEpochThatRise() {
        long first = token(acquire(one, "a"));
        locks.get(one).release(LOCK, first);
        assertThat(first).isEqualTo(LockQueue.before(1) + 1);
        assertThat(token(acquire(two, "b"))).isEqualTo(first + 1);
    }

    @Test
    void shouldKeepNothingOfLocksThatNobodyWants() {
        for (int i = 0; i < 100; i++) {
            ObjectId lock = new ObjectId(ObjectId.Kind.LOCK, "used once " + i);
            Ticket first = locks.get(one).acquire(lock, "a");
            cluster.run(Duration.ofMillis(50));
            Ticket second = locks.get(two).acquire(lock, "b");
            Ticket third = locks.get(three).acquire(lock, "c");
            locks.get(three).cancel(third);
            cluster.run(Duration.ofMillis(50));
            locks.get(one).release(lock, token(first));
            cluster.run(Duration.ofMillis(50));
            locks.get(two).release(lock, token(second));
        }
        cluster.run(SECOND);
        assertThat(locks.values()).extracting(Locks::size).containsOnly(0);
    }

    /** The condition is at its home only, and so is a signal that is to be passed on. */
    @Test
    void shouldKeepWhatAwaitsAConditionAndHowAHoldWithASignalEnded() {
        Ticket awaiting = locks.get(one).await(LOCK, token(acquire(one, "a")), "c");
        cluster.run(SECOND);
        assertThat(locks.get(home).size()).isEqualTo(1);
        Ticket signals = acquire(two, "b");
        locks.get(two).signal(LOCK, token(signals), "c");
        locks.get(two).release(LOCK, token(signals));
        assertThat(locks.get(two).size()).isEqualTo(1);
        cluster.run(SECOND);
        locks.get(one).release(LOCK, token(awaiting));
        assertThat(locks.get(one).size()).isEqualTo(1);
    }

    @Test
    void shouldEndAHoldThatItHasForgottenWhenItsEndWasLost() {
        long token = token(acquire(one, "a"));
        cluster.firewall().loss(1);
        locks.get(one).release(LOCK, token);
        cluster.run(Duration.ofMillis(10));
        cluster.firewall().heal();
        assertThat(locks.get(one).size()).isZero();
        Ticket next = acquire(two, "b");
        cluster.run(SECOND);
        assertThat(token(next)).isEqualTo(token + 1);
    }

    @Test
    void shouldTellAWaiterWhoHoldsTheLock() {
        Ticket first = acquire(one, "task 7 on server-1");
        Ticket second = acquire(two, "b");
        assertThat(first.heldBy()).isEmpty();
        assertThat(second.heldBy()).contains("task 7 on server-1");
    }

    @Test
    void shouldTellAWaiterOfTheNextHolderWithinTwoSeconds() {
        Ticket first = acquire(one, "a");
        acquire(two, "b");
        Ticket third = acquire(three, "c");
        locks.get(one).release(LOCK, token(first));
        cluster.run(Duration.ofSeconds(2));
        assertThat(third.heldBy()).contains("b");
    }

    @Test
    void shouldNotSayThatSomebodyHoldsBeforeItsHomeKnows() {
        cluster.firewall().drop(Report.class, 1);
        cluster.register().drop(three);
        cluster.run(SECOND);
        Ticket free = acquire(one, "a");
        cluster.run(Duration.ofSeconds(5));
        assertThat(free.token()).isNotDone();
        assertThat(free.queued()).isNotDone();
        cluster.firewall().heal();
        cluster.run(Duration.ofSeconds(4));
        assertThat(free.token()).isCompleted();
        assertThat(free.queued()).isNotDone();
        assertThat(acquire(two, "b").queued()).isCompleted();
    }

    @Test
    void shouldSayThatSomebodyHoldsOnceItsHomeKnows() {
        long held = token(acquire(two, "holder"));
        cluster.firewall().drop(Report.class, 1);
        cluster.register().drop(three);
        cluster.run(SECOND);
        Ticket behind = acquire(one, "a");
        assertThat(behind.queued()).isNotDone();
        cluster.firewall().heal();
        cluster.run(Duration.ofSeconds(4));
        assertThat(behind.queued()).isCompleted();
        assertThat(behind.heldBy()).contains("holder");
        locks.get(two).release(LOCK, held);
        cluster.run(SECOND);
        assertThat(behind.token()).isCompleted();
    }

    @Test
    void shouldNeedTwoMessagesToAcquireAndOneToRelease() {
        cluster.forgetSent();
        Ticket ticket = locks.get(one).acquire(LOCK, "a");
        cluster.runUntil(() -> ticket.token().isDone(), SECOND);
        locks.get(one).release(LOCK, token(ticket));
        cluster.run(SECOND);
        assertThat(cluster.sent()).isEqualTo(3);
    }

    @Test
    void shouldHandALockOnInTwoHopsAndInOneToTheHome() {
        Duration hop = Duration.ofMillis(10);
        cluster.firewall().delay(hop, hop);
        Ticket first = acquire(one, "a");
        Ticket second = acquire(two, "b");
        Ticket third = acquire(home, "c");
        assertThat(handedOn(one, first, second)).isEqualTo(hop.multipliedBy(2));
        assertThat(handedOn(two, second, third)).isEqualTo(hop);
    }

    private Duration handedOn(MemberId from, Ticket held, Ticket waiting) {
        long begun = cluster.now();
        locks.get(from).release(LOCK, token(held));
        assertThat(cluster.runUntil(() -> waiting.token().isDone(), SECOND)).isTrue();
        return Duration.ofNanos(cluster.now() - begun);
    }

    @Test
    void shouldNeedNoMessageAtHome() {
        cluster.forgetSent();
        locks.get(home).release(LOCK, token(acquire(home, "a")));
        cluster.run(SECOND);
        assertThat(cluster.sent()).isZero();
    }

    @Test
    void shouldTakeOneRoundTripToAcquireAndTwoHopsToHandOn() {
        cluster.firewall().delay(Duration.ofMillis(10), Duration.ofMillis(10));
        Ticket first = locks.get(one).acquire(LOCK, "a");
        assertGranted(first, 20);
        Ticket second = locks.get(two).acquire(LOCK, "b");
        Ticket atHome = locks.get(home).acquire(LOCK, "c");
        cluster.run(Duration.ofMillis(30));
        cluster.forgetSent();
        locks.get(one).release(LOCK, token(first));
        assertThat(cluster.sent()).isEqualTo(1);
        assertGranted(atHome, 10);
        assertThat(cluster.sent()).isEqualTo(1);
        locks.get(home).release(LOCK, token(atHome));
        assertGranted(second, 10);
        assertThat(cluster.sent()).isEqualTo(2);
    }

    private void assertGranted(Ticket ticket, long millis) {
        long begun = cluster.now();
        assertThat(cluster.runUntil(() -> ticket.token().isDone(), SECOND)).isTrue();
        assertThat(Duration.ofNanos(cluster.now() - begun)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void shouldAskTheHolderLessAndLessOften() {
        acquire(one, "a");
        cluster.run(Duration.ofSeconds(4));
        cluster.forgetSent();
        cluster.run(Duration.ofSeconds(16));
        assertThat(cluster.sent()).isBetween(9, 11);
    }

    @Test
    void shouldPassACancelledRequestOver() {
        Ticket first = acquire(one, "a");
        Ticket second = acquire(two, "b");
        Ticket third = acquire(three, "c");
        locks.get(two).cancel(second);
        locks.get(one).release(LOCK, token(first));
        cluster.run(SECOND);
        assertThat(second.token()).isCancelled();
        assertThat(third.token()).isCompleted();
    }

    @Test
    void shouldGiveBackAGrantThatCrossesTheCancelling() {
        Ticket first = locks.get(one).acquire(LOCK, "a");
        locks.get(one).cancel(first);
        assertThat(acquire(two, "b").token()).isCompleted();
    }

    /** Both grants wait for the lease; whoever hears of the first gives the other up. */
    @Test
    void shouldGiveBackAGrantThatIsCancelledWhileAnotherIsEntered() {
        ObjectId other = new ObjectId(ObjectId.Kind.LOCK, "m");
        leased = false;
        Ticket first = acquire(one, "a");
        Ticket second = acquire(one, other, "a");
        Ticket third = acquire(one, new ObjectId(ObjectId.Kind.LOCK, "n"), "a");
        var unused = List.of(
                first.token().thenRun(() -> locks.get(one).cancel(second)),
                second.token().thenRun(() -> locks.get(one).cancel(first)));
        leased = true;
        cluster.run(Duration.ofMillis(50));
        assertThat(third.token()).isCompleted();
        assertThat(List.of(first.token(), second.token()))
                .filteredOn(CompletableFuture::isCancelled)
                .hasSize(1);
        Ticket given = first.token().isCancelled() ? acquire(two, LOCK, "b") : acquire(two, other, "b");
        assertThat(given.token()).isCompleted();
    }

    @Test
    void shouldLeaveAGrantedRequestWhenItIsCancelled() {
        Ticket first = acquire(one, "a");
        locks.get(one).cancel(first);
        assertThat(acquire(two, "b").token()).isNotDone();
        assertThat(first.token()).isCompleted();
    }

    @Test
    void shouldReturnTheLockWhileAConditionIsAwaited() {
        Ticket awaiting = locks.get(one).await(LOCK, token(acquire(one, "a")), "c");
        long token = token(acquire(two, "b"));
        locks.get(two).signal(LOCK, token, "c");
        cluster.run(SECOND);
        assertThat(awaiting.token()).isNotDone();
        locks.get(two).release(LOCK, token);
        cluster.run(SECOND);
        assertThat(awaiting.token()).isCompleted();
        assertThat(awaiting.signalled()).isTrue();
    }

    @Test
    void shouldReturnTheLockToOneThatNoLongerAwaitsTheSignal() {
        Ticket awaiting = locks.get(one).await(LOCK, token(acquire(one, "a")), "c");
        locks.get(one).wake(awaiting);
        cluster.run(SECOND);
        assertThat(awaiting.token()).isCompleted();
        assertThat(awaiting.signalled()).isFalse();
    }

    @Test
    void shouldRefuseWhatOnlyAHolderMayDo() {
        long token = token(acquire(one, "a"));
        assertThatThrownBy(() -> locks.get(two).release(LOCK, token)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> locks.get(one).signal(LOCK, token + 1, "c")).isInstanceOf(IllegalStateException.class);
        locks.get(one).release(LOCK, token);
        assertThatThrownBy(() -> locks.get(one).release(LOCK, token))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("LOCK 'l' is not held with token " + token);
    }

    @Test
    void shouldRefuseMessagesOfOthers() {
        assertThatThrownBy(() -> locks.get(one).onMessage(two, new Stranger()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Stranger");
    }

    @Test
    void shouldIgnoreMessagesOfAnotherEpoch() {
        locks.get(home).onMessage(one, new Acquire(2, LOCK, 1, "a"));
        assertThat(acquire(two, "b").token()).isCompleted();
    }

    private Ticket acquire(MemberId member, String holder) {
        return acquire(member, LOCK, holder);
    }

    private Ticket acquire(MemberId member, ObjectId lock, String holder) {
        CompletableFuture<Ticket> asked = new CompletableFuture<>();
        cluster.onLoop(member, () -> asked.complete(locks.get(member).acquire(lock, holder)));
        cluster.run(Duration.ofMillis(50));
        return asked.join();
    }

    private static long token(Ticket ticket) {
        return ticket.token().join();
    }

    @Test
    void shouldAskForWhatWasWantedBeforeTheFirstEpochOnceItIsKnown() {
        List<Message> asked = new ArrayList<>();
        Transport transport = new Transport() {
            @Override
            public void send(MemberId to, Message message) {
                if (to.equals(home)) {
                    asked.add(message);
                }
            }

            @Override
            public void multicast(Collection<MemberId> to, Message message) {}
        };
        long[] now = {0};
        Locks early = new Locks(one, transport, () -> now[0], () -> true, SECOND);
        Ticket wanted = early.acquire(LOCK, "a");
        Ticket cancelled = early.acquire(LOCK, "b");
        early.cancel(cancelled);
        for (int i = 0; i < 30; i++) {
            now[0] += 10_000_000;
            early.onTick(now[0]);
        }
        assertThat(asked).isEmpty();
        assertThat(cancelled.token()).isCancelled();

        early.onEpoch(cluster.epoch());

        assertThat(asked)
                .filteredOn(Acquire.class::isInstance)
                .containsExactly(new Acquire(cluster.epoch().number(), LOCK, wanted.request(), "a"));
    }

    @Test
    void shouldGiveUpWhatIsWantedWhereNoEpochComes() {
        Locks early = new Locks(
                one,
                new Transport() {
                    @Override
                    public void send(MemberId to, Message message) {}

                    @Override
                    public void multicast(Collection<MemberId> to, Message message) {}
                },
                () -> 0,
                () -> true,
                SECOND);
        Ticket wanted = early.acquire(LOCK, "a");
        for (int i = 1; i < 1000 && !wanted.token().isDone(); i++) {
            early.onTick(i * 100_000_000L);
        }
        assertThat(wanted.token()).isCompletedExceptionally();
    }
}
