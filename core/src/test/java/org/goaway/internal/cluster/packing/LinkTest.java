package org.goaway.internal.cluster.packing;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkTest {

    private record Written(ByteBuffer frame, boolean direct) {}

    private final BlockingQueue<Written> wire = new LinkedBlockingQueue<>();
    /** Who holds it keeps the sender from writing. */
    private final Semaphore gate = new Semaphore(1);

    private final Queue<Error> failures = new ConcurrentLinkedQueue<>();

    private final Link sender = new Link("goaway-test-send", this::write);
    private final BlockingQueue<ByteBuffer> wireBack = new LinkedBlockingQueue<>();
    private final Link receiver =
            new Link("goaway-test-receive", (frame, unordered, direct) -> wireBack.add(ByteBuffer.wrap(frame)));
    private final List<Item> items = new ArrayList<>();
    private final List<Unheld> unheld = new ArrayList<>();

    private void write(byte[] frame, boolean unordered, boolean direct) {
        Error failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        gate.acquireUninterruptibly();
        wire.add(new Written(ByteBuffer.wrap(frame), direct));
        gate.release();
    }

    @AfterEach
    void close() {
        sender.close();
        receiver.close();
    }

    @Test
    void shouldPackItemsIntoOneFrame() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            sender.add(Item.of(Item.Kind.MESSAGE, i, new byte[] {(byte) i}), false);
        }
        sender.flush();
        receiver.take(next().frame(), items::add, unheld::add);
        assertThat(items).extracting(Item::id).hasSize(100).isSorted();
    }

    /** One that sends but hears nothing tells nothing of that. */
    @Test
    void shouldTellTheWireThatMoreHasArrivedOnlyIfTheOtherSideHasGotMore() throws InterruptedException {
        BlockingQueue<ByteBuffer> out = new LinkedBlockingQueue<>();
        AtomicInteger arrived = new AtomicInteger();
        try (Link link = new Link("goaway-test-arrived", new Link.Wire() {
            @Override
            public void write(byte[] frame, boolean unordered, boolean direct) {
                out.add(ByteBuffer.wrap(frame));
            }

            @Override
            public void arrived() {
                arrived.incrementAndGet();
            }
        })) {
            link.add(Item.of(Item.Kind.MESSAGE, 1, new byte[1]), false);
            link.flush();
            for (int i = 0; i < 2; i++) {
                answer(i);
                link.take(wireBack.take(), items::add, unheld::add);
            }
            assertThat(arrived).hasValue(0);

            receiver.take(out.take(), items::add, unheld::add);
            for (int i = 0; i < 2; i++) {
                answer(i);
                link.take(wireBack.take(), items::add, unheld::add);
            }
            assertThat(arrived).hasValue(1);
        }
    }

    /** Unlike a report, which is left out while the one before is still being written, this surely leaves. */
    private void answer(long id) {
        receiver.add(Item.of(Item.Kind.MESSAGE, id, new byte[1]), false);
        receiver.flush();
    }

    @Test
    void shouldLeaveTheWritingToItsThreadUntilTheOtherSideHasReported() throws InterruptedException {
        sender.add(Item.of(Item.Kind.MESSAGE, 1, new byte[1]), false);
        sender.flush();
        Written first = next();
        assertThat(first.direct()).isFalse();
        reportBack(first);
        boolean direct = false;
        for (int i = 0; !direct && i < 1_000; i++) {
            sender.add(Item.of(Item.Kind.MESSAGE, 2, new byte[1]), false);
            sender.flush();
            direct = next().direct();
        }
        assertThat(direct).as("once the first write has returned").isTrue();
    }

    @Test
    void shouldLeaveTheWritingToItsThreadWhenMuchHasNotBeenReported() throws InterruptedException {
        sender.report();
        reportBack(next());
        boolean direct = true;
        for (int i = 0; direct && i < 10; i++) {
            sender.add(Item.of(Item.Kind.MESSAGE, i, new byte[50_000]), false);
            sender.flush();
            direct = next().direct();
        }
        assertThat(direct).isFalse();
    }

    @Test
    void shouldSendAgainInItsPlaceWhatTheWireCouldNotTake() throws InterruptedException {
        failures.add(new OutOfMemoryError("meant to be"));
        failures.add(new StackOverflowError("meant to be"));
        sender.add(Item.of(Item.Kind.MESSAGE, 1, new byte[50_000]), false);
        sender.add(Item.of(Item.Kind.MESSAGE, 2, new byte[50_000]), false);
        sender.flush();
        sender.add(Item.of(Item.Kind.MESSAGE, 3, new byte[Outbox.LARGE + 1]), false);
        sender.flush();
        while (items.size() < 3) {
            receiver.take(next().frame(), items::add, unheld::add);
        }
        assertThat(items).extracting(Item::id).containsExactly(1L, 2L, 3L);
        assertThat(sender.queued()).isZero();
    }

    @Test
    void shouldSendByItsThreadWhatCouldNotBeWrittenHere() throws InterruptedException {
        sender.report();
        reportBack(next());
        failures.add(new OutOfMemoryError("meant to be"));
        sender.add(Item.of(Item.Kind.MESSAGE, 1, new byte[1]), false);
        sender.flush();
        Written again = next();
        sender.add(Item.of(Item.Kind.MESSAGE, 2, new byte[1]), false);
        sender.flush();
        receiver.take(again.frame(), items::add, unheld::add);
        receiver.take(next().frame(), items::add, unheld::add);

        assertThat(again.direct()).isFalse();
        assertThat(items).extracting(Item::id).containsExactly(1L, 2L);
    }

    @Test
    void shouldCutAndJoinLargeItems() throws InterruptedException {
        byte[] middle = new byte[200_000];
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(middle);
        new Random(2).nextBytes(large);
        sender.add(Item.of(Item.Kind.MESSAGE, 1, large), false);
        sender.add(Item.of(Item.Kind.REQUEST, 2, middle), false);
        sender.flush();
        while (items.size() < 2) {
            ByteBuffer frame = next().frame();
            assertThat(frame.capacity()).isLessThanOrEqualTo(Packer.FRAME);
            receiver.take(frame, items::add, unheld::add);
        }
        assertThat(items).extracting(Item::kind).containsExactly(Item.Kind.REQUEST, Item.Kind.MESSAGE);
        assertThat(items.get(0).payload().array()).isEqualTo(middle);
        assertThat(items.get(1).payload().array()).isEqualTo(large);
        assertThat(sender.queued()).isZero();
    }

    @Test
    void shouldNotHoldALargeItemBackUntilNothingElseIsThere() throws InterruptedException {
        gate.acquire(); // else its chunks leave while nothing else is there yet
        sender.add(Item.of(Item.Kind.REQUEST, 1, new byte[Outbox.LARGE + 1]), false);
        for (int i = 0; i < 400; i++) {
            sender.add(Item.of(Item.Kind.MESSAGE, i, new byte[50_000]), false);
        }
        sender.flush();
        gate.release();
        while (items.stream().noneMatch(item -> item.kind() == Item.Kind.REQUEST)) {
            receiver.take(next().frame(), items::add, unheld::add);
        }
        assertThat(items).hasSizeBetween(100, 300);
    }

    @Test
    void shouldTakeASmallItemWhileALargerOneThanAllMayWaitLeaves(@TempDir Path folder) throws Exception {
        SynchronousQueue<byte[]> frames = new SynchronousQueue<>();
        try (Link busy = new Link("goaway-test-busy", (frame, unordered, direct) -> hand(frames, frame))) {
            assertThat(busy.add(new Item(Item.Kind.MESSAGE, 1, zeros(folder, 300 << 20)), false))
                    .isTrue();
            busy.flush();
            assertThat(busy.add(Item.of(Item.Kind.MESSAGE, 2, new byte[100]), false))
                    .isTrue();
            busy.flush();
            assertThat(busy.add(Item.of(Item.Kind.MESSAGE, 3, new byte[Outbox.LARGE]), false))
                    .as("a large one while there is another")
                    .isFalse();

            int read = 0;
            while (frames.take().length > Head.BYTES + Item.OVERHEAD + 100) {
                read++;
            }
            assertThat(read).isLessThanOrEqualTo(Outbox.FRAMES_A_CHUNK);
        }
    }

    @Test
    void shouldTakeALargerItemThanAllMayWaitWhileASmallOneLeaves(@TempDir Path folder) throws Exception {
        gate.acquire();
        for (int i = 0; i < 2; i++) {
            sender.add(Item.of(Item.Kind.MESSAGE, 1, new byte[100]), false);
            sender.flush();
        }
        assertThat(sender.queued()).isPositive();
        assertThat(sender.add(new Item(Item.Kind.MESSAGE, 2, zeros(folder, 300 << 20)), false))
                .isTrue();
        sender.close();
        gate.release();
    }

    @Test
    void shouldCountLargeItemsForLargeOnesOnly() throws InterruptedException {
        gate.acquire();
        sender.add(Item.of(Item.Kind.MESSAGE, 1, new byte[100]), false);
        sender.flush();
        sender.add(Item.of(Item.Kind.MESSAGE, 2, new byte[100]), false);
        sender.flush();
        sender.add(Item.of(Item.Kind.MESSAGE, 3, new byte[2 * Outbox.LARGE]), false);
        assertThat(sender.queued(Outbox.LARGE)).isLessThan(1_000);
        assertThat(sender.queued(Outbox.LARGE + 1))
                .as("of large ones alone")
                .isEqualTo(sender.queued() - sender.queued(Outbox.LARGE))
                .isEqualTo(2L * Outbox.LARGE);
        gate.release();
    }

    /** Takes no memory. */
    private static ByteBuffer zeros(Path folder, int length) throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve("zeros"), CREATE_NEW, SPARSE, READ, WRITE)) {
            return file.map(FileChannel.MapMode.READ_WRITE, 0, length);
        }
    }

    private static void hand(SynchronousQueue<byte[]> frames, byte[] frame) {
        try {
            frames.put(frame);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldNotLetALargeItemOvertakeWhatCameBeforeIt() throws InterruptedException {
        gate.acquire(); // else what came before leaves before it is there
        for (int i = 0; i < 400; i++) {
            sender.add(Item.of(Item.Kind.MESSAGE, i, new byte[50_000]), false);
        }
        sender.add(Item.of(Item.Kind.MESSAGE, 400, new byte[Outbox.LARGE + 1]), false);
        sender.flush();
        gate.release();
        while (items.stream().noneMatch(item -> item.id() == 400)) {
            receiver.take(next().frame(), items::add, unheld::add);
        }
        assertThat(items).extracting(Item::id).hasSize(401).isSorted();
    }

    @Test
    void shouldTellOnceThatItCannotHoldALargeItemAndGoOn() throws InterruptedException {
        OutOfMemoryError none = new OutOfMemoryError("none left for an item");
        try (Link small = new Link("goaway-test-small", (frame, unordered, direct) -> {}, length -> {
            if (length > 2 * Outbox.LARGE) {
                throw none;
            }
            return new byte[length];
        })) {
            sender.add(Item.of(Item.Kind.REQUEST, 7, new byte[3 * Outbox.LARGE]), false);
            sender.add(Item.of(Item.Kind.MESSAGE, 8, new byte[2 * Outbox.LARGE]), false); // its chunks leave later
            sender.flush();
            while (items.isEmpty()) {
                small.take(next().frame(), items::add, unheld::add);
            }
            assertThat(unheld).containsExactly(new Unheld(Item.Kind.REQUEST, 7, 3 * Outbox.LARGE, none));
            assertThat(items).extracting(Item::id).containsExactly(8L);
        }
    }

    @Test
    void shouldRefuseMutilatedFramesWithOneKindOfException() throws InterruptedException {
        sender.add(Item.of(Item.Kind.MESSAGE, 1, new byte[300]), false);
        sender.add(Item.of(Item.Kind.MESSAGE, 2, new byte[70_000]), false);
        sender.flush();
        byte[] frame = next().frame().array();
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = frame.clone();
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            try {
                receiver.take(ByteBuffer.wrap(mutated, 0, 1 + random.nextInt(mutated.length)), item -> {}, lost -> {});
            } catch (IllegalArgumentException | BufferUnderflowException e) {
                assertThat(e).isNotNull();
            }
        }
        assertThatThrownBy(() -> receiver.take(ByteBuffer.wrap(new byte[] {9}), item -> {}, lost -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void reportBack(Written written) throws InterruptedException {
        receiver.take(written.frame(), items::add, unheld::add);
        receiver.report();
        sender.take(wireBack.poll(10, TimeUnit.SECONDS), items::add, unheld::add);
        items.clear();
    }

    private Written next() throws InterruptedException {
        Written written = wire.poll(10, TimeUnit.SECONDS);
        assertThat(written).as("a frame").isNotNull();
        return written;
    }
}
