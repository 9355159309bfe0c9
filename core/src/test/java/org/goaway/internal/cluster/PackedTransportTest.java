package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One transport whose frames are taken by the test. */
@Timeout(30)
class PackedTransportTest {

    private static final MemberId SELF = new MemberId(0, 1);
    private static final MemberId OTHER = new MemberId(0, 2);

    private final EventLoop loop = new EventLoop("test");
    private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    private final AtomicReference<Error> failure = new AtomicReference<>();
    private final PackedTransport transport =
            new PackedTransport(SELF, "test", loop, loop, new Marshaller(Group.codec()), this::send);

    private void send(MemberId to, byte[] frame, boolean unordered, boolean direct) {
        Error now = failure.getAndSet(null);
        if (now != null) {
            throw now;
        }
        frames.add(frame);
    }

    /** The other has received something: what is sent now is written at once. */
    @BeforeEach
    void hear() {
        transport.receive(
                OTHER,
                ByteBuffer.allocate(1 + Long.BYTES).put((byte) 1).putLong(1).flip());
    }

    @AfterEach
    void close() {
        transport.close();
        loop.close();
    }

    @Test
    void shouldTakeAMessageForLostOnceItMayHaveLeft() throws InterruptedException {
        failure.set(new OutOfMemoryError("none left for a frame"));

        assertThat(transport.offer(List.of(OTHER), Text.of(1))).isEmpty();
        assertThat(failure).hasNullValue();
        assertThat(transport.offer(List.of(OTHER), Text.of(2))).isEmpty();
        assertThat(frames.take()).isNotEmpty();
    }
}
