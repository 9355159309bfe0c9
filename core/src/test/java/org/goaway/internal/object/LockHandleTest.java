package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import org.goaway.ClusterClosedException;
import org.goaway.ClusterLock;
import org.goaway.Held;
import org.goaway.LockLostException;
import org.goaway.Registration;
import org.goaway.StaleTokenException;
import org.goaway.StrictCentralized;
import org.goaway.UnavailableException;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop", "JavaUtilDate"
}) // the tests look at single steps of locks and waits
class LockHandleTest {

    private final InMemoryNodes nodes = new InMemoryNodes(3);

    @AfterEach
    void close() {
        nodes.close();
    }

    /** Starts a named thread; the future tells how it ended. */
    private static CompletableFuture<Void> start(String name, Action action) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        action.run();
                        end.complete(null);
                    } catch (Throwable failure) {
                        end.completeExceptionally(failure);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return end;
    }

    /** What a thread does. */
    private interface Action {
        void run() throws Exception;
    }

    @Test
    void shouldLetOneThreadOfAllMembersIn() {
        AtomicInteger inside = new AtomicInteger();
        int[] count = {0};
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            ClusterLock lock = nodes.node(i % 3).lock("b");
            ends.add(start("t" + i, () -> {
                for (int k = 0; k < 20; k++) {
                    try (Held held = lock.hold()) {
                        assertThat(inside.incrementAndGet()).isEqualTo(1);
                        assertThat(held.token()).isEqualTo(lock.token());
                        count[0]++;
                        inside.decrementAndGet();
                    }
                }
            }));
        }
        ends.forEach(CompletableFuture::join);
        assertThat(count[0]).isEqualTo(180);
    }

    @Test
    void shouldBeReentrantAndRefuseStrangers() {
        ClusterLock lock = nodes.node(0).lock("b");
        lock.lock();
        long token = lock.token();
        lock.lock();
        assertThat(lock.tryLock()).isTrue();
        assertThat(lock.token()).isEqualTo(token);
        lock.unlock();
        lock.unlock();
        assertThat(lock.isHeldByCurrentThread()).isTrue();
        assertThat(start("stranger", lock::unlock))
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(IllegalMonitorStateException.class);
        lock.unlock();
        assertThat(lock.isHeldByCurrentThread()).isFalse();
        assertThatThrownBy(lock::unlock)
                .isInstanceOf(IllegalMonitorStateException.class)
                .hasMessageContaining("lock 'b'");
        assertThatThrownBy(lock::token).isInstanceOf(IllegalMonitorStateException.class);
    }

    @Test
    void shouldLeaveTheHoldToItsThreadWhereAStrangerClosesIt() {
        ClusterLock lock = nodes.node(0).lock("b");
        Held held = lock.hold();
        assertThat(start("stranger", held::close))
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(IllegalMonitorStateException.class);
        assertThat(held.token()).isEqualTo(lock.token());

        held.close();

        assertThat(lock.isHeldByCurrentThread()).isFalse();
        start("stranger", held::close).join();
    }

    @Test
    void shouldHoldWhatAnErrorKeptFromBeingGivenBack() {
        ClusterLock lock = nodes.node(0).lock("b");
        lock.lock();
        nodes.node(0).beforeStep = () -> {
            throw new OutOfMemoryError("meant to be");
        };
        assertThatThrownBy(lock::unlock).isInstanceOf(OutOfMemoryError.class);
        nodes.node(0).beforeStep = () -> {};
        assertThat(lock.isHeldByCurrentThread()).isTrue();

        lock.unlock();

        assertThat(lock.isHeldByCurrentThread()).isFalse();
        ClusterLock there = nodes.node(1).lock("b");
        there.lock();
        there.unlock();
    }

    @Test
    void shouldTryOnceOrForAWhile() throws InterruptedException {
        ClusterLock here = nodes.node(0).lock("b");
        ClusterLock there = nodes.node(1).lock("b");
        here.lock();
        start("other", () -> {
                    assertThat(there.tryLock()).isFalse();
                    assertThat(there.tryLock(50, TimeUnit.MILLISECONDS)).isFalse();
                })
                .join();
        here.unlock();
        start("other", () -> {
                    assertThat(there.tryLock(5, TimeUnit.SECONDS)).isTrue();
                    there.unlock();
                    assertThat(there.tryLock()).isTrue();
                    there.unlock();
                })
                .join();
        assertThat(here.tryLock(5, TimeUnit.SECONDS)).isTrue();
        here.unlock();
    }

    /** The home of a new epoch grants nothing before all have reported: nobody holds the lock. */
    @Test
    void shouldNotFailToTryForAHomeThatWaitsForReports() {
        int home = ids().indexOf(nodes.home("b"));
        InMemoryNode late = nodes.node((home + 1) % 3);
        InMemoryNode node = nodes.node((home + 2) % 3);
        nodes.change(List.of(), List.of(), List.of(nodes.node(home).id, node.id));
        CompletableFuture<Void> trying =
                start("trying", () -> assertThat(node.lock("b").tryLock()).isTrue());
        node.awaitWait("lock 'b'");
        for (InMemoryNode passed : List.of(node, nodes.node(home), node)) {
            passed.calls.start(() -> CompletableFuture.completedFuture(true)).join();
        }
        assertThat(trying).as("the home's first answer is here").isNotDone();
        late.learn(nodes.epoch());
        assertThat(trying).succeedsWithin(5, TimeUnit.SECONDS);
    }

    @Test
    void shouldTakeBoundsThatNoClockReaches() throws InterruptedException {
        ClusterLock lock = nodes.node(0).lock("b");
        assertThat(lock.tryLock(Long.MAX_VALUE, TimeUnit.DAYS)).isTrue();
        Condition condition = lock.condition("c");
        CompletableFuture<Void> signaller = start("signaller", () -> {
            ClusterLock there = nodes.node(1).lock("b");
            there.lock();
            there.condition("c").signal();
            there.unlock();
        });
        assertThat(condition.await(Long.MAX_VALUE, TimeUnit.SECONDS)).isTrue();
        assertThat(condition.awaitUntil(new Date(Long.MIN_VALUE))).isFalse();
        lock.unlock();
        signaller.join();
    }

    @Test
    void shouldGiveTheLockToOthersWhenAWaitFailsInAnUnforeseenWay() {
        ClusterLock lock = nodes.node(0).lock("b");
        lock.lock();
        nodes.node(0).beforeWait = () -> {
            throw new IllegalStateException("unforeseen");
        };
        assertThatThrownBy(() -> lock.condition("c").await()).hasMessage("unforeseen");
        nodes.node(0).beforeWait = () -> {};
        assertThat(lock.isHeldByCurrentThread()).isFalse();
        assertThat(nodes.node(0).holds.lostBy(Thread.currentThread())).hasSize(1);
        ClusterLock there = nodes.node(1).lock("b");
        for (int i = 0; i < 2; i++) {
            there.lock();
            there.condition("c").signalAll();
            there.unlock();
        }
    }

    @Test
    void shouldTellWhoUnlocksThatAWaitLostTheLock() throws InterruptedException {
        ClusterLock lock = nodes.node(0).lock("b");
        CountDownLatch told = new CountDownLatch(1);
        try (Registration registration = lock.onLost(told::countDown)) {
            assertThatThrownBy(() -> {
                        try (Held outer = lock.hold();
                                Held inner = lock.hold()) {
                            nodes.node(0).beforeWait = () -> {
                                throw new UnavailableException("the home is silent");
                            };
                            lock.condition("c").await();
                        }
                    })
                    .isInstanceOf(LockLostException.class)
                    .hasMessageContainingAll("lock 'b'", "the home is silent")
                    .satisfies(failure -> assertThat(failure.getSuppressed())
                            .hasSize(2)
                            .allSatisfy(unlock -> assertThat(unlock)
                                    .isInstanceOf(LockLostException.class)
                                    .hasMessageContaining("after a wait for a condition")));
            assertThat(told.await(5, TimeUnit.SECONDS)).isTrue();
        }
        nodes.node(0).beforeWait = () -> {};
        assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
        assertThat(nodes.node(1).lock("b").tryLock(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldEndAnInterruptibleWaitAndKeepAnotherOne() throws InterruptedException {
        ClusterLock lock = nodes.node(0).lock("b");
        lock.lock();
        List<Thread> threads = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(2);
        CompletableFuture<Void> interruptible = start("interruptible", () -> {
            threads.add(Thread.currentThread());
            begun.countDown();
            nodes.node(1).lock("b").lockInterruptibly();
        });
        begun.await(1, TimeUnit.MILLISECONDS);
        CompletableFuture<Void> stubborn = start("stubborn", () -> {
            Thread.currentThread().interrupt();
            begun.countDown();
            ClusterLock mine = nodes.node(2).lock("b");
            mine.lock();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            mine.unlock();
        });
        begun.await();
        threads.get(0).interrupt();
        assertThat(interruptible)
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(stubborn).isNotDone();
        lock.unlock();
        assertThat(stubborn).succeedsWithin(5, TimeUnit.SECONDS);
    }

    @Test
    void shouldHandItemsOverByConditions() {
        List<Integer> box = new ArrayList<>();
        List<Integer> taken = new ArrayList<>();
        CompletableFuture<Void> taker = start("taker", () -> {
            ClusterLock lock = nodes.node(1).lock("box");
            for (int i = 0; i < 30; i++) {
                try (Held held = lock.hold()) {
                    while (box.isEmpty()) {
                        lock.condition("full").await();
                    }
                    taken.add(box.remove(0));
                    lock.condition("empty").signal();
                }
            }
        });
        CompletableFuture<Void> giver = start("giver", () -> {
            ClusterLock lock = nodes.node(2).lock("box");
            for (int i = 0; i < 30; i++) {
                try (Held held = lock.hold()) {
                    while (!box.isEmpty()) {
                        lock.condition("empty").await();
                    }
                    box.add(i);
                    lock.condition("full").signalAll();
                }
            }
        });
        assertThat(CompletableFuture.allOf(taker, giver)).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(taken).hasSize(30).isSorted();
    }

    @Test
    void shouldHoldTheLockAgainWhenAConditionTimesOut() throws InterruptedException {
        ClusterLock lock = nodes.node(0).lock("b");
        Condition condition = lock.newCondition();
        assertThatThrownBy(() -> condition.await(1, TimeUnit.SECONDS)).isInstanceOf(IllegalMonitorStateException.class);
        lock.lock();
        lock.lock();
        assertThat(condition.await(20, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(condition.awaitNanos(1_000)).isLessThanOrEqualTo(0);
        lock.unlock();
        assertThat(lock.isHeldByCurrentThread()).isTrue();
        Thread.currentThread().interrupt();
        assertThatThrownBy(condition::await).isInstanceOf(InterruptedException.class);
        assertThat(lock.isHeldByCurrentThread()).isTrue();
        lock.unlock();
    }

    @Test
    void shouldTellTheTokenThatTheThreadHasNow() throws InterruptedException {
        ClusterLock lock = nodes.node(0).lock("b");
        Held held = lock.hold();
        long first = held.token();
        assertThat(lock.condition("c").await(1, TimeUnit.MILLISECONDS)).isFalse();
        long second = lock.token();

        assertThat(second).isGreaterThan(first);
        assertThat(held.token()).isEqualTo(second);
        held.close();
        assertThat(held.token()).isEqualTo(second);
        try (Held again = lock.hold()) {
            assertThat(held.token()).as("of what was left").isEqualTo(second);
            assertThat(again.token()).isGreaterThan(second);
        }
    }

    @Test
    void shouldGiveUpTheClaimOfAThreadWhoseWaitIsBrokenOff() throws InterruptedException {
        ClusterLock here = nodes.node(0).lock("b");
        ClusterLock there = nodes.node(1).lock("b");
        for (Action wait : List.<Action>of(there::lock, there::tryLock, () -> there.tryLock(5, TimeUnit.SECONDS))) {
            here.lock();
            nodes.node(1).beforeWait = () -> {
                throw new StackOverflowError();
            };
            assertThatThrownBy(wait::run).isInstanceOf(StackOverflowError.class);
            nodes.node(1).beforeWait = () -> {};
            here.unlock();

            CompletableFuture<Void> next = start("next", () -> {
                ClusterLock mine = nodes.node(2).lock("b");
                mine.lock();
                mine.unlock();
            });
            assertThat(next).succeedsWithin(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldTellWhatIsWaitedForAndWhatIsHeldMeanwhile() {
        nodes.node(0).lock("b").lock();
        InMemoryNode node = nodes.node(1);
        CompletableFuture<Void> waiter = start("task 4", () -> {
            node.lock("a").lock();
            node.lock("b").lock();
            node.lock("b").unlock();
            node.lock("a").unlock();
        });
        String expected = "lock 'b', held by " + Thread.currentThread().getName() + " on m1, while it holds lock 'a'";
        while (!node.lastWait.get().equals(expected)) {
            assertThat(waiter).isNotDone();
            Thread.onSpinWait();
        }
        nodes.node(0).lock("b").unlock();
        assertThat(waiter).succeedsWithin(5, TimeUnit.SECONDS);
    }

    @Test
    void shouldEndWaitsWhenTheNodeCloses() {
        ClusterLock lock = nodes.node(0).lock("b");
        lock.lock();
        CompletableFuture<Void> waiter =
                start("waiter", () -> nodes.node(1).lock("b").lock());
        while (nodes.node(1).lastWait.get().isEmpty()) {
            Thread.onSpinWait();
        }
        nodes.node(1).close();
        assertThat(waiter)
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(ClusterClosedException.class);
    }

    @Test
    void shouldServeOthersInTheNextEpochWhenAHoldersMemberIsLost() {
        MemberId lost = nodes.node(1).id;
        CompletableFuture<Void> holder =
                start("holder", () -> nodes.node(1).lock("b").lock());
        holder.join();
        ClusterLock lock = nodes.node(0).lock("b");
        CompletableFuture<Void> waiter = start("waiter", lock::lock);
        nodes.lose(1);
        assertThat(waiter).isNotDone();
        nodes.change(List.of(lost), List.of(), ids());
        assertThat(waiter).succeedsWithin(5, TimeUnit.SECONDS);
    }

    @Test
    void shouldKeepAHoldAndItsTokenWhenAnotherMemberIsLost() {
        ClusterLock lock = nodes.node(0).lock("b");
        lock.lock();
        long token = lock.token();
        MemberId lost = nodes.node(1).id;
        nodes.lose(1);
        nodes.change(List.of(lost), List.of(), ids());
        CompletableFuture<Void> waiter =
                start("waiter", () -> nodes.node(1).lock("b").lock());
        assertThat(lock.token()).isEqualTo(token);
        assertThat(waiter).isNotDone();
        lock.unlock();
        assertThat(waiter).succeedsWithin(5, TimeUnit.SECONDS);
    }

    @Test
    void shouldTellAHolderThatItsMemberWasOut() throws InterruptedException {
        ClusterLock lock = nodes.node(0).lock("b");
        CountDownLatch told = new CountDownLatch(1);
        try (Registration registration = lock.onLost(told::countDown)) {
            assertThatThrownBy(() -> {
                        try (Held outer = lock.hold();
                                Held inner = lock.hold()) {
                            takeOutAndBack(nodes.node(0).id);
                            assertThat(told.await(5, TimeUnit.SECONDS)).isTrue();
                            assertThat(lock.isHeldByCurrentThread()).isFalse();
                            assertThatThrownBy(lock::token).isInstanceOf(LockLostException.class);
                            assertThatThrownBy(() -> lock.condition("c").await())
                                    .isInstanceOf(LockLostException.class);
                            throw new IllegalStateException("the block's own");
                        }
                    })
                    .hasMessage("the block's own")
                    .satisfies(failure -> assertThat(failure.getSuppressed())
                            .hasSize(2)
                            .allMatch(LockLostException.class::isInstance));
        }
        assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
        assertThat(lock.tryLock(5, TimeUnit.SECONDS)).isTrue();
        lock.unlock();
    }

    @Test
    void shouldRefuseGuardedWritesOfOneThatHasLostTheLock() {
        ClusterLock here = nodes.node(0).lock("b");
        StrictCentralized strict = nodes.node(0).strict("s").guardedBy(here);
        assertThatThrownBy(() -> strict.set("x", 1)).isInstanceOf(IllegalMonitorStateException.class);
        assertThat(strict.get("x")).isNull();
        here.lock();
        strict.set("x", 1);
        List<MemberId> others = List.of(nodes.node(1).id, nodes.node(2).id);
        nodes.change(List.of(nodes.node(0).id), List.of(), others);
        CompletableFuture<Void> successor = start("successor", () -> {
            ClusterLock there = nodes.node(1).lock("b");
            StrictCentralized same = nodes.node(1).strict("s").guardedBy(there);
            there.lock();
            same.set("x", 2);
            assertThat(same.compareAndSet("x", 3, 4)).isFalse();
            there.unlock();
        });
        assertThat(successor).succeedsWithin(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> strict.addAndGet("x", 1))
                .isInstanceOf(StaleTokenException.class)
                .hasMessageContaining(String.valueOf(here.token()))
                .hasMessageContaining(String.valueOf((2L << 40) + 1));
        assertThatThrownBy(strict::clear).isInstanceOf(StaleTokenException.class);
        assertThat(nodes.node(1).strict("s").get("x")).isEqualTo(2);
    }

    private void takeOutAndBack(MemberId member) {
        List<MemberId> others = ids().stream().filter(id -> !id.equals(member)).toList();
        nodes.change(List.of(member), List.of(), others);
        nodes.change(List.of(), List.of(member), ids());
    }

    private List<MemberId> ids() {
        return nodes.ids();
    }

    @Test
    void shouldNotEndAHoldAsIfItWasHeldWhileNobodyHereKnows() throws InterruptedException {
        InMemoryNode node = nodes.node(0);
        ClusterLock lock = node.lock("b");
        CountDownLatch waits = new CountDownLatch(1);
        node.beforeWait = () -> {
            if (!node.leased) {
                waits.countDown();
            }
        };
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread holder = new Thread(() -> {
            lock.lock();
            node.leased = false;
            try {
                lock.unlock();
            } catch (LockLostException lost) {
                thrown.set(lost);
            }
        });
        holder.start();
        assertThat(waits.await(5, TimeUnit.SECONDS)).isTrue();
        takeOutAndBack(node.id);
        node.renewLease();
        holder.join();
        assertThat(thrown.get()).isInstanceOf(LockLostException.class).hasMessageContaining("out of the cluster");
    }

    @Test
    void shouldGoOnWithAHoldWhoseLeaseCameBack() throws InterruptedException {
        InMemoryNode node = nodes.node(0);
        ClusterLock lock = node.lock("b");
        lock.lock();
        node.leased = false;
        node.beforeWait = () -> node.leased = true;
        assertThat(lock.token()).isPositive();
        lock.unlock();
        assertThat(nodes.node(1).lock("b").tryLock(5, TimeUnit.SECONDS)).isTrue();
    }
}
