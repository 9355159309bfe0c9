package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallbacksTest {

    private static final ThreadLocal<String> OF_CALLER = new InheritableThreadLocal<>();

    @Test
    void shouldNeverRunOnTheCallersThreadThoughTheyAreClosed() {
        ForkJoinPool pool = Callbacks.newPool();
        Executor callbacks = Callbacks.orLater(pool);
        pool.shutdown();
        OF_CALLER.set("the caller's");
        Thread here = Thread.currentThread();

        CompletableFuture<Thread> ranOn = new CompletableFuture<>();
        CompletableFuture<String> inherited = new CompletableFuture<>();
        callbacks.execute(() -> {
            inherited.complete(OF_CALLER.get());
            ranOn.complete(Thread.currentThread());
        });

        assertThat(ranOn.join())
                .isNotSameAs(here)
                .satisfies(thread -> assertThat(thread.isDaemon()).isTrue());
        assertThat(inherited.join()).isNull();
        OF_CALLER.remove();
    }
}
