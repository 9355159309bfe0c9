package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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
