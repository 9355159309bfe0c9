package org.goaway.internal.cluster.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One side's link ends and another begins, of which the other side hears only by what comes. */
class LinkStintTest {

    private static final int MIDDLE = 200_000;

    /** One end of a connection, whose link may be replaced by another. */
    private static final class End {
        /** Takes little, so that most of a large item still waits while its first chunks arrive. */
        private final BlockingQueue<ByteBuffer> wire = new LinkedBlockingQueue<>(3);

        private final List<Item> items = new ArrayList<>();
        private volatile boolean direct;
        private Link link = newLink();

        private Link newLink() {
            return new Link("goaway-test-link", (frame, unordered, here) -> {
                direct = here;
                put(ByteBuffer.wrap(frame));
            });
        }

        private void put(ByteBuffer frame) {
            try {
                wire.put(frame);
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }

        private void replace() {
            link.close();
            wire.clear();
            link = newLink();
        }

        private void send(long id, byte[] payload) {
            link.add(Item.of(Item.Kind.MESSAGE, id, payload), false);
            link.flush();
        }

        private ByteBuffer next() throws InterruptedException {
            ByteBuffer frame = wire.poll(10, TimeUnit.SECONDS);
            assertThat(frame).as("a frame").isNotNull();
            return frame;
        }

        private void take(ByteBuffer frame) {
            boolean unused = link.take(frame, items::add, lost -> {});
        }
    }

    private final End one = new End();
    private final End two = new End();

    @AfterEach
    void close() {
        one.link.close();
        two.link.close();
    }

    @Test
    void shouldNotMixAnItemWithWhatIsLeftOfOneOfAnEarlierLink() throws InterruptedException {
        one.send(1, filled(1, MIDDLE));
        two.take(one.next());
        one.replace();
        one.send(2, filled(2, MIDDLE));
        one.send(3, filled(3, 2 * MIDDLE));
        takeUntil(2);

        assertThat(two.items).extracting(Item::id).containsExactly(2L, 3L);
        assertThat(two.items.get(0).payload().array()).isEqualTo(filled(2, MIDDLE));
        assertThat(two.items.get(1).payload().array()).isEqualTo(filled(3, 2 * MIDDLE));
    }

    @Test
    void shouldTakeLargeItemsHoweverManyLinksEndedInTheMiddleOfOne() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            for (int before = 0; before < i; before++) { // so that the large ones have other names
                one.link.add(Item.of(Item.Kind.MESSAGE, 0, new byte[10]), false);
            }
            one.send(1, filled(1, MIDDLE));
            two.take(one.next());
            two.take(one.next());
            one.replace();
        }
        two.items.clear();
        one.send(2, filled(2, MIDDLE));
        takeUntil(1);
    }

    @Test
    void shouldIgnoreLateChunksOfAnEarlierLink() throws InterruptedException {
        one.send(1, filled(1, MIDDLE));
        two.take(one.next());
        ByteBuffer late = one.next();
        one.replace();
        one.send(2, filled(2, MIDDLE));
        two.take(one.next());
        two.take(late);
        takeUntil(1);

        assertThat(two.items.get(0).payload().array()).isEqualTo(filled(2, MIDDLE));
    }

    @Test
    void shouldWriteDirectlyAgainToALinkThatIsNew() throws InterruptedException {
        send(20);
        exchange();
        two.replace();
        exchange();
        send(5);
        for (int i = 0; i < 1_000 && !one.direct; i++) { // not at once: a write may be under way
            exchange();
        }

        assertThat(one.direct).isTrue();
    }

    /** So many frames. */
    private void send(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            one.send(i, new byte[50_000]);
            two.take(one.next());
        }
        assertThat(one.direct).as("when much has not been reported").isFalse();
    }

    @Test
    void shouldSendALargeItemFromItsBeginningToALinkThatIsNew() throws InterruptedException {
        byte[] large = filled(1, 20 * Outbox.LARGE);
        exchange();
        one.send(1, large);
        for (int i = 0; i < 5; i++) {
            two.take(one.next());
        }
        two.items.clear();
        two.replace();
        two.send(2, new byte[10]);
        one.take(two.next());
        takeUntil(1);

        assertThat(two.items.get(0).payload().array()).isEqualTo(large);
    }

    private static byte[] filled(int content, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) content);
        return bytes;
    }

    private void takeUntil(int count) throws InterruptedException {
        while (two.items.size() < count) {
            two.take(one.next());
        }
    }

    private void exchange() throws InterruptedException {
        two.send(0, new byte[10]);
        one.take(two.next());
        one.send(0, new byte[10]);
        two.take(one.next());
    }
}
