package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallbackThreadTest {

    private static final InheritableThreadLocal<String> OF_MAKER = new InheritableThreadLocal<>();

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private int failures;
    private final CallbackThread full = new CallbackThread(work -> {
        if (failures > 0) {
            failures--;
            throw new InternalError("no thread could be made");
        }
        return new Thread(work);
    });

    @AfterEach
    void close() {
        full.shutdownNow();
    }

    @Test
    void shouldTellWithTheNextWhatItHadNoThreadFor() throws Exception {
        failures = 1;
        full.execute(() -> told.add("first"));
        full.execute(() -> told.add("second"));

        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("first");
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("second");
    }

    @Test
    void shouldTellWithATickWhatItHadNoThreadFor() throws Exception {
        failures = 2;
        full.execute(() -> told.add("first"));
        full.onTick();
        assertThat(failures).isZero();

        full.onTick();

        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("first");
    }

    @Test
    void shouldRefuseOnceClosed() {
        full.shutdownNow();

        assertThatThrownBy(() -> full.execute(() -> told.add("late"))).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void shouldTakeOverNothingOfTheThreadThatMakesIt() {
        CallbackThread callbacks = new CallbackThread("n");
        Thread self = Thread.currentThread();
        ClassLoader before = self.getContextClassLoader();
        OF_MAKER.set("task");
        self.setContextClassLoader(new ClassLoader(before) {});
        try {
            CompletableFuture<String> inherited = CompletableFuture.supplyAsync(
                    () -> OF_MAKER.get() + " " + Thread.currentThread().getContextClassLoader(), callbacks);
            assertThat(inherited.join()).isEqualTo("null " + CallbackThread.class.getClassLoader());
        } finally {
            self.setContextClassLoader(before);
            OF_MAKER.remove();
            callbacks.shutdownNow();
        }
    }
}
