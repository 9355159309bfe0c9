package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.goaway.internal.cluster.packing.Item;
import org.goaway.internal.cluster.packing.Link;
import org.goaway.internal.wire.MessageCodec;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One transport whose frames are taken by the test. */
@Timeout(30)
class PackedTransportTest {

    private static final MemberId SELF = new MemberId(0, 1);
    private static final MemberId OTHER = new MemberId(0, 2);

    private static final int LARGEST = 1000;

    private final EventLoop loop = new EventLoop("test");
    private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    private final AtomicReference<Error> failure = new AtomicReference<>();
    private final Marshaller marshaller = new Marshaller(MessageCodec.builder()
            .type(1, Text.class)
            .scalar(2, Value.class, Value::bytes, PackedTransportTest::hold)
            .build());
    private final PackedTransport transport = new PackedTransport(SELF, "test", loop, loop, marshaller, this::send);

    private final CountDownLatch heard = new CountDownLatch(1);

    /** What comes in here. */
    private final Link other = new Link("goaway-test-other", (frame, unordered, direct) -> {
        transport.receive(OTHER, ByteBuffer.wrap(frame));
        heard.countDown();
    });

    private static Value hold(byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new OutOfMemoryError("none left for so much");
        }
        return Value.of(bytes);
    }

    /** The other one sends what the memory here cannot hold. */
    private int sendTooMuch(Item.Kind kind, long id) {
        byte[] payload = marshaller.encode(Text.of(1, new byte[LARGEST + 1]));
        assertThat(other.add(Item.of(kind, id, payload), false)).isTrue();
        other.flush();
        return payload.length;
    }

    private void send(MemberId to, byte[] frame, boolean unordered, boolean direct) {
        Error now = failure.getAndSet(null);
        if (now != null) {
            throw now;
        }
        frames.add(frame);
    }

    /** The other has received something: what is sent now is written at once. */
    @BeforeEach
    void hear() throws InterruptedException {
        transport.connect(Set.of(SELF, OTHER));
        transport.offer(List.of(OTHER), Text.of(0));
        other.take(ByteBuffer.wrap(frames.take()), item -> {}, lost -> {});
        other.report();
        heard.await();
    }

    @AfterEach
    void close() {
        other.close();
        transport.close();
        loop.close();
    }

    @Test
    void shouldTakeAMessageForLostOnceItMayHaveLeft() {
        failure.set(new OutOfMemoryError("none left for a frame"));

        assertThat(transport.offer(List.of(OTHER), Text.of(1))).isEmpty();
        assertThat(failure).as("it failed in that").hasNullValue();
    }

    @Test
    void shouldTellWhatTheMemoryCannotHold() throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        transport.onUnheld((from, bytes) -> told.complete(from + " " + bytes));

        int bytes = sendTooMuch(Item.Kind.MESSAGE, 0);

        assertThat(told.get()).isEqualTo(OTHER + " " + bytes);
    }

    @Test
    void shouldRefuseARequestThatTheMemoryCannotHold() throws Exception {
        List<Item> answers = new ArrayList<>();
        sendTooMuch(Item.Kind.REQUEST, 7);

        other.take(ByteBuffer.wrap(frames.take()), answers::add, lost -> {});

        assertThat(answers).extracting(Item::kind, Item::id).containsExactly(tuple(Item.Kind.REFUSAL, 7L));
    }

    @Test
    void shouldEndARequestWhoseAnswerTheMemoryCannotHold() {
        CompletableFuture<Message> answer = transport.requests().request(OTHER, Text.of(1), Duration.ofHours(1));

        sendTooMuch(Item.Kind.ANSWER, 1);

        assertThatThrownBy(answer::get)
                .hasCauseInstanceOf(ProtocolException.class)
                .hasMessageContaining("no memory here");
    }

    @Test
    void shouldBeClosedWhileAViewIsTaken() {
        CompletableFuture<Message> answer = transport.requests().request(OTHER, Text.of(1), Duration.ofHours(1));

        transport.connect(new HashSet<>(Set.of(SELF)) {
            @Override
            public boolean contains(Object member) {
                transport.close();
                return super.contains(member);
            }
        });

        assertThatThrownBy(answer::get).hasMessageContaining(OTHER + " left");
    }

    @Test
    void shouldHandOverWhatCameTogetherWithWhatFails() throws Exception {
        CompletableFuture<Message> second = new CompletableFuture<>();
        List<Message> all = new ArrayList<>();
        transport.route(Text.class, (from, message) -> {
            all.add(message);
            if (all.size() == 1) {
                throw new InternalError("meant to be");
            }
            second.complete(message);
        });
        for (int i = 1; i <= 2; i++) {
            assertThat(other.add(Item.of(Item.Kind.MESSAGE, 0, marshaller.encode(Text.of(i))), false))
                    .isTrue();
        }
        other.flush();

        assertThat(second.get()).isEqualTo(Text.of(2));
    }
}
