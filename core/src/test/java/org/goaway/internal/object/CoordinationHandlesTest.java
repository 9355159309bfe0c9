package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.goaway.BarrierBrokenException;
import org.goaway.ClusterBarrier;
import org.goaway.ClusterClosedException;
import org.goaway.ClusterLatch;
import org.goaway.ClusterLong;
import org.goaway.ClusterSemaphore;
import org.goaway.MemberLeftException;
import org.goaway.internal.object.coordination.CoordinationObjects;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.membership.Found;
import org.goaway.protocol.membership.MembershipCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CoordinationHandlesTest {

    private static final Duration LONG = Duration.ofDays(400_000_000);
    private static final Duration SHORT = Duration.ofMillis(30);

    private final InMemoryNodes nodes = new InMemoryNodes(3);
    private final List<CoordinationObjects> at = List.of(
            nodes.node(0).coordination(),
            nodes.node(1).coordination(),
            nodes.node(2).coordination());

    @BeforeEach
    void found() {
        nodes.node(0).submit(new Found(nodes.epoch())).join();
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private static <T> CompletableFuture<T> inThread(Callable<T> body) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(body.call());
            } catch (Exception failure) {
                result.completeExceptionally(failure);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private void awaitWaiting(int node, String reason) {
        nodes.node(node).awaitWait(reason);
    }

    @Test
    void shouldLetAllPartiesPassOnceTheyAreThere() throws Exception {
        for (int round = 0; round < 3; round++) {
            ClusterBarrier third = at.get(2).barrier("b", 3);
            CompletableFuture<Integer> first =
                    inThread(() -> at.get(0).barrier("b", 3).await());
            CompletableFuture<Integer> second =
                    inThread(() -> at.get(1).barrier("b", 3).await(LONG));
            int index = third.await();
            assertThat(List.of(first.join(), second.join(), index)).containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    @Test
    void shouldBreakTheRoundOfAPartyWhoseTimeIsOver() {
        CompletableFuture<Integer> first =
                inThread(() -> at.get(0).barrier("b", 3).await());
        awaitWaiting(0, "barrier 'b': 1 of 3 parties are there");
        assertThatThrownBy(() -> at.get(1).barrier("b", 3).await(SHORT)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(first::join).hasCauseInstanceOf(BarrierBrokenException.class);
    }

    @Test
    void shouldBreakTheRoundOfAPartyThatIsInterrupted() {
        CompletableFuture<Integer> first =
                inThread(() -> at.get(0).barrier("b", 3).await());
        awaitWaiting(0, "1 of 3");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> at.get(1).barrier("b", 3).await())
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("before");
        assertThat(first).isNotDone();
        Thread self = Thread.currentThread();
        var unused = inThread(() -> {
            awaitWaiting(1, "2 of 3");
            self.interrupt();
            return null;
        });
        assertThatThrownBy(() -> at.get(1).barrier("b", 3).await()).isInstanceOf(InterruptedException.class);
        assertThatThrownBy(first::join).hasCauseInstanceOf(BarrierBrokenException.class);
    }

    @Test
    void shouldKeepTheInterruptOfAPartyWhomTheLogDoesNotTellHowItsRoundEnded() {
        RuntimeException noAnswer = new IllegalStateException("no answer");
        nodes.node(0).beforeWait = () -> {
            nodes.node(0).beforeWait = () -> {
                throw noAnswer;
            };
            Thread.currentThread().interrupt();
        };
        assertThatThrownBy(() -> at.get(0).barrier("b", 3).await()).isSameAs(noAnswer);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldEndTheRoundOfAPartyWhoseMemberLeft() throws Exception {
        CompletableFuture<Integer> first =
                inThread(() -> at.get(0).barrier("b", 2).await());
        awaitWaiting(0, "1 of 2");
        drop(2);
        assertThatThrownBy(first::join)
                .hasCauseInstanceOf(MemberLeftException.class)
                .hasMessageContaining("m3");
        CompletableFuture<Integer> again =
                inThread(() -> at.get(0).barrier("b", 2).await());
        at.get(1).barrier("b", 2).await();
        assertThat(again.join()).isBetween(0, 1);
    }

    private void drop(int node) {
        Epoch epoch = nodes.epoch();
        var drop = new MembershipCommand.Drop(nodes.node(node).id, 0);
        nodes.node(0)
                .submit(new MembershipCommand.Change(epoch.number(), List.of(drop), List.of()))
                .join();
    }

    @Test
    void shouldHandOutPermitsUpToTheirNumber() throws Exception {
        ClusterSemaphore semaphore = at.get(0).semaphore("s", 2);
        ClusterSemaphore elsewhere = at.get(1).semaphore("s", 2);
        semaphore.acquire();
        assertThat(elsewhere.tryAcquire(LONG)).isTrue();
        assertThat(elsewhere.availablePermits()).isZero();
        assertThat(semaphore.tryAcquire(Duration.ZERO)).isFalse();
        assertThat(semaphore.tryAcquire(SHORT)).isFalse();
        CompletableFuture<Boolean> waiting = inThread(() -> elsewhere.tryAcquire(LONG));
        awaitWaiting(1, "a permit of semaphore 's': 0 wait before it");
        semaphore.release();
        assertThat(waiting.join()).isTrue();
        elsewhere.release();
        elsewhere.release();
        assertThat(semaphore.availablePermits()).isEqualTo(2);
        semaphore.release();
        assertThat(semaphore.availablePermits())
                .as("a release without a permit")
                .isEqualTo(3);
    }

    @Test
    void shouldReleaseWhateverInterrupts() throws Exception {
        ClusterSemaphore semaphore = at.get(1).semaphore("s", 1);
        semaphore.acquire();
        Thread.currentThread().interrupt();
        semaphore.release();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(semaphore.availablePermits()).isEqualTo(1);
    }

    @Test
    void shouldReturnThePermitsOfAMemberThatLeft() throws Exception {
        at.get(2).semaphore("s", 1).acquire();
        CompletableFuture<Boolean> waiting =
                inThread(() -> at.get(1).semaphore("s", 1).tryAcquire(LONG));
        awaitWaiting(1, "0 wait before it");
        drop(2);
        assertThat(waiting.join()).isTrue();
    }

    @Test
    void shouldOpenALatchAtZero() throws Exception {
        ClusterLatch latch = at.get(0).latch("l", 2);
        assertThat(latch.await(SHORT)).isFalse();
        CompletableFuture<Boolean> waiting =
                inThread(() -> at.get(1).latch("l", 2).await(LONG));
        latch.countDown();
        assertThat(latch.getCount()).isEqualTo(1);
        at.get(2).latch("l", 2).countDown();
        assertThat(waiting.join()).isTrue();
        latch.countDown();
        assertThat(latch.getCount()).isZero();
        latch.await();
    }

    @Test
    void shouldTakeZeroAsJavaDoes() throws Exception {
        at.get(0).latch("open", 0).await();
        ClusterSemaphore semaphore = at.get(1).semaphore("none yet", 0);
        assertThat(semaphore.tryAcquire(SHORT)).isFalse();
        at.get(0).semaphore("none yet", 0).release();
        semaphore.acquire();
        assertThat(semaphore.availablePermits()).isZero();
    }

    @Test
    void shouldCountForAllMembers() {
        ClusterLong number = at.get(0).atomicLong("n");
        ClusterLong elsewhere = at.get(1).atomicLong("n");
        number.set(40);
        assertThat(elsewhere.addAndGet(2)).isEqualTo(42);
        assertThat(number.compareAndSet(40, 1)).isFalse();
        assertThat(number.compareAndSet(42, 1)).isTrue();
        assertThat(elsewhere.updateAndGet(n -> n * 10)).isEqualTo(10);
        assertThat(number.getAndIncrement()).isEqualTo(10);
        assertThat(number.incrementAndGet()).isEqualTo(12);
        assertThat(number.decrementAndGet()).isEqualTo(11);
        assertThat(elsewhere.get()).isEqualTo(11);
    }

    @Test
    void shouldUpdateAgainWhenAnotherCameBetween() {
        ClusterLong number = at.get(0).atomicLong("n");
        int[] calls = new int[1];
        long result = number.updateAndGet(n -> {
            calls[0]++;
            if (calls[0] == 1) {
                at.get(1).atomicLong("n").set(7);
            }
            return n + 1;
        });
        assertThat(result).isEqualTo(8);
        assertThat(calls[0]).isEqualTo(2);
    }

    @Test
    void shouldNameBothSizesOfTheSameObject() throws Exception {
        at.get(0).semaphore("s", 2).acquire();
        assertThatThrownBy(() -> at.get(1).semaphore("s", 3).acquire())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("semaphore 's'", "2 permits", "3");
        assertThatThrownBy(() -> at.get(1).semaphore("s", 3).availablePermits())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("semaphore 's'", "2 permits", "3");
    }

    @Test
    void shouldEndWaitsWhenTheClusterIsClosed() {
        CompletableFuture<Integer> waiting =
                inThread(() -> at.get(1).barrier("b", 2).await());
        awaitWaiting(1, "1 of 2");
        nodes.node(1).close();
        assertThatThrownBy(waiting::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ClusterClosedException.class);
    }
}
