package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
        Thread ran = null;
        for (int i = 0; ran != Thread.currentThread(); i++) {
            assertThat(i).as("tries").isLessThan(1_000); // a tick may have had the turn
            CompletableFuture<Thread> by = new CompletableFuture<>();
            loop.executeHere(() -> {
                assertThat(loop.inLoop()).isTrue();
                by.complete(Thread.currentThread());
            });
            ran = get(by);
        }
        assertThat(loop.inLoop()).isFalse();
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
        for (Executor way : List.<Executor>of(loop, loop::executeHere, loop::executeHere, loop::executeHere)) {
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
}
