package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.goaway.internal.cluster.link.Warnings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLoopTest {

    private final EventLoop loop = new EventLoop("test");

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void shouldRunTasksInTheirOrderOnItsThread() {
        List<Integer> ran = new CopyOnWriteArrayList<>();
        CompletableFuture<Boolean> last = new CompletableFuture<>();
        loop.execute(() -> ran.add(1));
        loop.execute(() -> ran.add(2));
        loop.execute(() -> last.complete(loop.inLoop()));
        assertThat(get(last)).isTrue();
        assertThat(ran).containsExactly(1, 2);
        assertThat(loop.inLoop()).isFalse();
    }

    @Test
    void shouldGoOnAfterATaskThatThrows() {
        CompletableFuture<Boolean> after = new CompletableFuture<>();
        loop.execute(() -> {
            throw new IllegalStateException("meant to be");
        });
        loop.execute(() -> after.complete(true));
        assertThat(get(after)).isTrue();
    }

    @Test
    void shouldRunTasksWhenTheirTimeHasComeInItsOrder() {
        List<String> ran = new CopyOnWriteArrayList<>();
        CompletableFuture<Long> last = new CompletableFuture<>();
        long now = loop.nanos();
        // In one turn, so that none has its time before the others are there.
        loop.execute(() -> {
            loop.executeAt(now + TimeUnit.MILLISECONDS.toNanos(3), () -> {
                ran.add("late");
                last.complete(loop.nanos());
            });
            loop.executeAt(now + TimeUnit.MILLISECONDS.toNanos(1), () -> ran.add("early"));
            loop.executeAt(now - 1, () -> ran.add("overdue"));
        });
        assertThat(get(last) - now).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(3));
        assertThat(ran).containsExactly("overdue", "early", "late");
    }

    @Test
    void shouldTickWhileItIsIdle() {
        CompletableFuture<Long> tick = new CompletableFuture<>();
        loop.onTick(tick::complete);
        assertThat(get(tick)).isLessThanOrEqualTo(loop.nanos());
    }

    @Test
    void shouldRunTheHooksAfterAllTasksOfATurn() {
        List<String> ran = new CopyOnWriteArrayList<>();
        CompletableFuture<List<String>> seen = new CompletableFuture<>();
        loop.execute(() -> {
            loop.atTurnEnd(() -> {
                if (ran.size() == 2) {
                    seen.complete(List.copyOf(ran));
                }
            });
            loop.execute(() -> ran.add("b"));
            ran.add("a");
        });
        assertThat(get(seen)).containsExactly("a", "b");
    }

    @Test
    void shouldRunATaskInTheCallingThreadWhileItIsIdle() {
        AtomicBoolean inLoop = new AtomicBoolean();
        runInThisThread(() -> inLoop.set(loop.inLoop()));
        assertThat(inLoop).isTrue();
        assertThat(loop.inLoop()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class, AssertionError.class})
    void shouldGoOnAfterAnErrorInACallersTurn(Class<? extends Error> type) throws Exception {
        Error meantToBe = type.getConstructor().newInstance();
        AtomicInteger turnEnds = new AtomicInteger();
        loop.atTurnEnd(turnEnds::incrementAndGet);
        runInThisThread(() -> {
            turnEnds.set(0);
            throw meantToBe;
        });
        assertThat(turnEnds).hasPositiveValue();
        assertThat(loop.inLoop()).isFalse();
        runInThisThread(() -> {});
        CompletableFuture<Boolean> after = new CompletableFuture<>();
        loop.execute(() -> after.complete(loop.inLoop()));
        assertThat(get(after)).isTrue();
    }

    @Test
    void shouldGoOnAfterErrorsInTicksAndHooks() {
        CompletableFuture<Long> tick = new CompletableFuture<>();
        loop.onTick(nanos -> {
            throw new OutOfMemoryError("meant to be");
        });
        loop.atTurnEnd(() -> {
            throw new StackOverflowError("meant to be");
        });
        loop.onTick(tick::complete);
        get(tick);
        runInThisThread(() -> {});
    }

    @Test
    void shouldNotLogEachFailureOfATickThatAlwaysFails() throws Exception {
        try (Warnings warnings = new Warnings(EventLoop.class)) {
            CountDownLatch failures = new CountDownLatch(20);
            loop.onTick(nanos -> {
                failures.countDown();
                throw new IllegalStateException("meant to be");
            });
            failures.await();

            assertThat(warnings.next(Duration.ZERO)).contains("a tick failed");
            assertThat(warnings.next(Duration.ZERO)).isNull();
        }
    }

    @Test
    void shouldBreakNoTaskOffWhereTheCallersStackIsAlmostUsedUp() throws InterruptedException {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        int[] left = {2_000};
        Thread caller = new Thread(
                null,
                () -> onTheWayUp(left, () -> {
                    begun.incrementAndGet();
                    descend(100);
                    ended.incrementAndGet();
                }),
                "deep",
                512 << 10);
        caller.start();
        caller.join();
        runInThisThread(() -> {});
        assertThat(left[0]).isZero();
        assertThat(ended.get()).isPositive().isEqualTo(begun.get());
    }

    /** Uses the stack up, and hands the task over with each frame that is left after that. */
    @SuppressWarnings("InfiniteRecursion")
    private void onTheWayUp(int[] left, Runnable task) {
        try {
            onTheWayUp(left, task);
        } catch (StackOverflowError end) {
            // Now there is a little room again.
        }
        if (left[0] > 0) {
            left[0]--;
            try {
                loop.executeHere(task);
            } catch (StackOverflowError here) {
                // Not even room to hand it over.
            }
        }
    }

    private static int descend(int frames) {
        return frames == 0 ? 0 : 1 + descend(frames - 1);
    }

    /** Some time the loop is idle, and this thread takes the turn. */
    private void runInThisThread(Runnable task) {
        Thread ran = null;
        for (int i = 0; ran != Thread.currentThread(); i++) {
            assertThat(i).as("tries").isLessThan(1_000); // a tick may have had the turn
            CompletableFuture<Thread> by = new CompletableFuture<>();
            loop.executeHere(() -> {
                try {
                    task.run();
                } finally {
                    by.complete(Thread.currentThread());
                }
            });
            ran = get(by);
        }
    }

    @Test
    void shouldHandOverATaskThatComesDuringAnothersTurn() {
        List<Integer> ran = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> last = new CompletableFuture<>();
        loop.executeHere(() -> {
            loop.executeHere(() -> ran.add(2));
            loop.execute(() -> last.complete(null));
            ran.add(1);
        });
        get(last);
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void shouldRunInAThreadOfTheNodeWhatComesDuringItsTurn() {
        Thread here = Thread.currentThread();
        List<Thread> ranBy = List.of();
        for (int i = 0; !ranBy.equals(List.of(here, here)); i++) {
            assertThat(i).as("tries").isLessThan(1_000); // a tick may have had the turn
            CompletableFuture<List<Thread>> ran = new CompletableFuture<>();
            loop.executeOnOwn(() -> {
                Thread first = Thread.currentThread();
                loop.execute(() -> ran.complete(List.of(first, Thread.currentThread())));
            });
            ranBy = get(ran);
        }
    }

    @Test
    void shouldNotWaitForATickWithWhatAThreadOfTheNodePutsOff() {
        boolean[] ranInTurn = new boolean[1];
        int[] withoutTick = new int[1];
        loop.onTick(now -> ranInTurn[0] = false); // comes after what was put off, in the same turn
        loop.atTurnEnd(() -> {
            withoutTick[0] += ranInTurn[0] ? 1 : 0;
            ranInTurn[0] = false;
        });
        int times = 30;
        int here = 0;
        for (int i = 0; here < times; i++) {
            assertThat(i).as("tries").isLessThan(10_000); // where the loop's thread has the turn it needs no waking
            CompletableFuture<Boolean> ran = new CompletableFuture<>();
            Thread caller = Thread.currentThread();
            loop.executeOnOwn(() -> {
                boolean own = Thread.currentThread() == caller;
                loop.executeAt(loop.nanos() + 1_000, () -> {
                    ranInTurn[0] = own;
                    ran.complete(own);
                });
            });
            here += get(ran) ? 1 : 0;
            LockSupport.parkNanos(100_000); // until the loop is idle
        }
        CompletableFuture<Integer> seen = new CompletableFuture<>();
        loop.execute(() -> loop.execute(() -> seen.complete(withoutTick[0])));
        assertThat(get(seen))
                .isGreaterThan(times / 4); // a late one may meet a tick; without being woken, nearly all do
    }

    @Test
    void shouldLeaveWhatNeverEndsToItsThread() {
        AtomicBoolean ends = new AtomicBoolean();
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            if (!ends.get()) {
                loop.execute(again[0]);
            }
        };
        loop.executeOnOwn(again[0]);
        ends.set(true);
    }

    @Test
    void shouldRunWhatIsPutOffAfterTheTasksOfTheTurn() {
        List<String> ran = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> last = new CompletableFuture<>();
        Executor turnEnd = loop.turnEnd();
        loop.execute(() -> {
            turnEnd.execute(() -> {
                ran.add("end");
                turnEnd.execute(() -> last.complete(null));
            });
            loop.execute(() -> ran.add("b"));
            ran.add("a");
        });
        get(last);
        assertThat(ran).containsExactly("a", "b", "end");
    }

    @Test
    void shouldGoOnInItsThreadWithWhatATurnElsewherePutOff() {
        CompletableFuture<Void> last = new CompletableFuture<>();
        loop.executeHere(() -> loop.turnEnd().execute(() -> loop.turnEnd().execute(() -> last.complete(null))));
        get(last);
    }

    @Test
    void shouldRunOneTaskAtATimeWhoeverRunsThem() {
        int[] counts = new int[2]; // plain: what one turn writes, the next sees
        loop.atTurnEnd(() -> counts[1] = counts[0]);
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        int calls = 20_000;
        for (Executor way : List.<Executor>of(loop, loop::executeHere, loop::executeOnOwn, loop::executeOnOwn)) {
            callers.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < calls; i++) {
                            way.execute(() -> counts[0]++);
                        }
                    },
                    task -> new Thread(task).start()));
        }
        callers.forEach(EventLoopTest::get);
        CompletableFuture<Integer> seen = new CompletableFuture<>();
        loop.execute(() -> loop.execute(() -> seen.complete(counts[0])));
        assertThat(get(seen)).isEqualTo(4 * calls);
    }

    @Test
    void shouldEndItsThreadOnClose() {
        loop.close();
        loop.close();
        loop.execute(() -> {
            throw new AssertionError("runs after close");
        });
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("goaway-loop-test"));
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static final InheritableThreadLocal<String> OF_MAKER = new InheritableThreadLocal<>();

    @Test
    void shouldTakeOverNothingOfTheThreadThatMakesIt() {
        Thread self = Thread.currentThread();
        ClassLoader before = self.getContextClassLoader();
        OF_MAKER.set("task");
        self.setContextClassLoader(new ClassLoader(before) {});
        try (EventLoop other = new EventLoop("other")) {
            CompletableFuture<String> inherited = CompletableFuture.supplyAsync(
                    () -> OF_MAKER.get() + " " + Thread.currentThread().getContextClassLoader(), other);
            assertThat(inherited.join()).isEqualTo("null " + EventLoop.class.getClassLoader());
        } finally {
            self.setContextClassLoader(before);
            OF_MAKER.remove();
        }
    }
}
