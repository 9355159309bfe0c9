package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.goaway.GoAwayException;
import org.goaway.OutcomeUnknownException;
import org.goaway.protocol.Waiting;
import org.junit.jupiter.api.Test;

class CallsTest {

    private final AtomicReference<Throwable> logged = new AtomicReference<>();
    private final Calls calls =
            new Calls(this::asTheLoopDoes, new Patient(), Duration.ofSeconds(10), UnaryOperator.identity());

    private void asTheLoopDoes(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) {
            logged.set(failure);
        }
    }

    private static final class Patient implements Waiting {
        @Override
        public <T> T await(CompletableFuture<T> future, Duration atMost, Supplier<String> reason)
                throws InterruptedException, TimeoutException {
            try {
                return future.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException failure) {
                throw (RuntimeException) failure.getCause();
            }
        }
    }

    @Test
    void shouldTellTheCallerAtOnceThatAnErrorBrokeTheOperationOff() {
        Error meantToBe = new OutOfMemoryError("meant to be");
        assertThatThrownBy(() -> calls.call(
                        () -> {
                            throw meantToBe;
                        },
                        () -> "set on field 'x'"))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("broken off by java.lang.OutOfMemoryError: meant to be")
                .hasMessageContaining("set on field 'x'");
        assertThat(logged.get()).isSameAs(meantToBe);
    }

    @Test
    void shouldTellAnInterruptedWriterThatItMayHaveHappened() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> calls.call(CompletableFuture::new, () -> "set on field 'x'"))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasCauseInstanceOf(InterruptedException.class)
                .hasMessage("Interrupted: set on field 'x'. It may still happen: read before you repeat it");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldTellAnInterruptedReaderOfNothingThatMayHappen() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> calls.read(CompletableFuture::new, () -> "get"))
                .isExactlyInstanceOf(GoAwayException.class)
                .hasMessage("Interrupted: get");
        assertThatThrownBy(() -> calls.confirm(CompletableFuture::new, () -> "flush"))
                .isExactlyInstanceOf(GoAwayException.class)
                .hasMessage("Interrupted: flush");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldHoldBackAnInterruptedWriterLikeOthers() {
        CompletableFuture<Void> room = new CompletableFuture<>();
        CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(() -> room.complete(null));
        Thread.currentThread().interrupt();
        calls.pause(room, () -> "the network");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(room).isDone();
    }

    @Test
    void shouldEndTheWaitOfAWriterThatIsHeldBackWhenClosed() {
        CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(calls::close);
        long start = System.nanoTime();
        calls.pause(new CompletableFuture<>(), () -> "the network");
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10)); // the bound of a call
    }
}
