package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.goaway.UnavailableException;
import org.goaway.Weak;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WeakHandleTest {

    private final InMemoryNodes nodes = new InMemoryNodes(3);

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void shouldShowOwnWritesAtOnceAndToAllAfterSync() {
        Weak here = nodes.node(0).weak("w");
        for (int i = 0; i < 100; i++) {
            here.set("x", i);
            assertThat(here.get("x")).isEqualTo(i);
        }
        here.sync();
        assertThat(nodes.node(1).weak("w").get("x")).isEqualTo(99);
        assertThat(nodes.node(2).weak("w").fields()).containsExactly("x");
        here.clear();
        assertThat(here.syncAsync()).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(nodes.node(2).weak("w").get("x")).isNull();
    }

    @Test
    void shouldLetAListenerWaitForASync() {
        Weak weak = nodes.node(0).weak("w");
        CompletableFuture<Object> heard = new CompletableFuture<>();
        weak.onChange("x", value -> {
            weak.syncAsync().join();
            heard.complete(value);
        });
        weak.set("x", 1);
        assertThat(heard).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(1);
    }

    @Test
    void shouldHoldBackAWriterWhileAMemberIsSilentAndLoseNothing() {
        Weak weak = nodes.node(0).weak("w");
        nodes.node(2).close();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 40; i++) {
                weak.set("x" + i, i + "y".repeat(1 << 20));
            }
        });
        nodes.node(0).awaitWait("the network to take what was set on Weak 'w'");
        assertThat(writer).isNotDone();
        nodes.lose(2);
        assertThat(writer).succeedsWithin(10, TimeUnit.SECONDS);
        weak.sync();
        assertThat(nodes.node(1).weak("w").fields()).hasSize(40);
    }

    @Test
    void shouldGoOnWithoutAMajorityButNotSync() {
        nodes.lose(2);
        nodes.lose(1);
        Weak alone = nodes.node(0).weak("w");
        alone.set("x", 1);
        assertThatThrownBy(alone::sync).isInstanceOf(UnavailableException.class).hasMessageContaining("majority");
        assertThat(alone.syncAsync())
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(UnavailableException.class);
        assertThat(alone.get("x")).isEqualTo(1);
    }

    @Test
    void shouldEndASyncThatAMemberDoesNotAnswerAndNameIt() {
        try (InMemoryNodes hasty = new InMemoryNodes(3, Duration.ofMillis(200))) {
            Weak weak = hasty.node(0).weak("w");
            hasty.node(2).close();
            weak.set("x", 1);
            assertThatThrownBy(weak::sync)
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("Weak 'w'");
            assertThat(weak.syncAsync())
                    .failsWithin(5, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(UnavailableException.class)
                    .withMessageContainingAll(hasty.node(2).id.toString(), "Weak 'w'");
        }
    }
}
