package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.goaway.GoAwayException;
import org.goaway.Held;
import org.goaway.NotTransferableException;
import org.goaway.UpdateOnRelease;
import org.goaway.internal.wire.Codec;
import org.goaway.internal.wire.SizeLimit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReleaseHandleTest {

    private final InMemoryNodes nodes = new InMemoryNodes(3);

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void shouldShowItsOwnWritesInTheSectionAndAllOfThemAfterwards() {
        UpdateOnRelease object = nodes.node(0).release("r");
        try (Held held = object.acquire()) {
            object.set("x", 1);
            object.set("y", 2);
            object.set("y", null);
            assertThat(object.get("x")).isEqualTo(1);
            assertThat(object.fields()).containsExactly("x");
            assertThat(held.token()).isPositive();
        }
        assertThat(object.get("x")).isEqualTo(1);
        UpdateOnRelease elsewhere = nodes.node(1).release("r");
        try (Held held = elsewhere.acquire()) {
            assertThat(elsewhere.get("x", 0L)).isEqualTo(1L);
            elsewhere.clear();
            assertThat(elsewhere.fields()).isEmpty();
        }
    }

    @Test
    void shouldRefuseWhatNoMessageHolds() {
        Codec codec = new Codec(ReleaseHandleTest.class.getClassLoader(), handle -> "");
        UpdateOnRelease object = nodes.node(0)
                .live("r", new Values(codec::encodeStored, codec::decode, codec::comparable, new SizeLimit(100)));
        try (Held held = object.acquire()) {
            object.set("a", new byte[60]);
            assertThatThrownBy(() -> object.set("b", new byte[101]))
                    .isInstanceOf(NotTransferableException.class)
                    .hasMessageContaining("'b'")
                    .hasMessageContaining("at most 100")
                    .hasMessageContaining("several");
        }
        object.acquire();
        object.set("b", new byte[60]);
        assertThatThrownBy(object::release)
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("'r'")
                .hasMessageContaining("[b]")
                .hasMessageContaining("100 together");
        assertThat(object.fields()).containsExactly("a");
        try (Held held = object.acquire()) {
            object.set("a", null);
            object.set("b", new byte[60]);
        }
        assertThat(object.fields()).containsExactly("b");
    }

    @Test
    void shouldTakeABoundThatNoClockReaches() {
        UpdateOnRelease object = nodes.node(0).release("r");
        assertThat(object.tryAcquire(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        object.release();
    }

    @Test
    void shouldRefuseWritesOutsideASection() {
        UpdateOnRelease object = nodes.node(0).release("r");
        assertThatThrownBy(() -> object.set("x", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("UpdateOnRelease 'r'");
        assertThatThrownBy(object::clear).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(object::release).isInstanceOf(IllegalMonitorStateException.class);
        assertThat(object.get("x")).isNull();
    }

    @Test
    void shouldKeepTwoFieldsTogetherUnderManySections() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            UpdateOnRelease object = nodes.node(i % 3).release("r");
            threads.add(new Thread(() -> {
                for (int k = 0; k < 20; k++) {
                    object.acquire();
                    object.set("x", object.get("x", 0L) + 1);
                    object.set("y", object.get("y", 0L) - 1);
                    object.release();
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        UpdateOnRelease object = nodes.node(2).release("r");
        object.acquire();
        assertThat(object.get("x", 0L)).isEqualTo(120L);
        assertThat(object.get("y", 0L)).isEqualTo(-120L);
        object.release();
    }

    @Test
    void shouldBeReentrantAndTryWithABound() throws InterruptedException {
        UpdateOnRelease object = nodes.node(0).release("r");
        object.acquire();
        assertThat(object.tryAcquire(Duration.ZERO)).isTrue();
        object.release();
        boolean[] got = {true, true};
        Thread other = new Thread(() -> {
            UpdateOnRelease there = nodes.node(1).release("r");
            got[0] = there.tryAcquire(Duration.ZERO);
            got[1] = there.tryAcquire(Duration.ofMillis(30));
        });
        other.start();
        other.join();
        assertThat(got).containsExactly(false, false);
        object.release();
        assertThat(nodes.node(2).release("r").tryAcquire(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void shouldEndAnInterruptedAcquireWithTheFlagSet() {
        UpdateOnRelease object = nodes.node(0).release("r");
        Thread.currentThread().interrupt();
        assertThatThrownBy(object::acquire).isInstanceOf(GoAwayException.class).hasMessageContaining("not held");
        assertThat(Thread.interrupted()).isTrue();
        object.acquire();
        object.release();
    }

    @Test
    void shouldFlushWhatWasReleasedToAllMembers() {
        UpdateOnRelease object = nodes.node(0).release("r");
        object.flush();
        for (int i = 1; i <= 20; i++) {
            object.acquire();
            object.set("x", i);
            object.release();
            object.flush();
            assertThat(nodes.node(1).release("r").get("x")).isEqualTo(i);
            assertThat(nodes.node(2).release("r").get("x")).isEqualTo(i);
        }
    }
}
