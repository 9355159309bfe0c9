package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClosingTest {

    private final Closing closing = new Closing();
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void shouldLetOthersWaitForTheFirst() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread first = new Thread(() -> closing.run(() -> {
            begun.countDown();
            await(goOn);
            done.add("first");
        }));
        first.start();
        begun.await();
        Thread second = new Thread(() -> {
            closing.run(() -> done.add("never"));
            done.add("second");
        });
        second.start();
        while (second.isAlive() && second.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        second.join();

        assertThat(done).containsExactly("first", "second");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldNotWaitForItself() {
        closing.run(() -> closing.run(() -> done.add("never")));

        assertThat(done).isEmpty();
        assertThat(closing.hasBegun()).isTrue();
    }

    @Test
    void shouldLetNobodyWaitForOneThatHasFailed() {
        assertThatThrownBy(() -> closing.run(() -> {
                    throw new IllegalStateException("meant to be");
                }))
                .hasMessage("meant to be");

        closing.run(() -> done.add("never"));

        assertThat(done).isEmpty();
    }

    @Test
    void shouldEndInOrderThoughItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        closing.run(() -> done.add("interrupted: " + Thread.currentThread().isInterrupted()));

        assertThat(Thread.interrupted()).as("told to the caller").isTrue();
        assertThat(done).containsExactly("interrupted: false");
    }
}
