package org.goaway.internal.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.protocols.UnicastHeader3;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.SubmitToThreadPool;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes of what is read from a connection. */
class LinkTcpTest {

    private static final short UNICAST = 64;
    private static final byte[] CONTENT = {1, 2, 3};

    private final LinkTcp tcp = new LinkTcp();
    private final List<Message> received = new ArrayList<>();

    private final class Receiving extends SubmitToThreadPool {

        @Override
        public boolean process(Message message, boolean oob) {
            received.add(message);
            return true;
        }

        @Override
        public boolean process(MessageBatch batch, boolean oob) {
            throw new AssertionError("nobody sends batches");
        }
    }

    @BeforeEach
    void init() {
        tcp.msgProcessingPolicy(new Receiving());
    }

    private static byte[] written() throws Exception {
        Message message = new BytesMessage(null, CONTENT)
                .setSrc(new UUID(1, 2))
                .putHeader(UNICAST, UnicastHeader3.createDataHeader(7, (short) 1, true));
        ByteArrayDataOutputStream out = new ByteArrayDataOutputStream();
        out.writeShort(message.getType());
        message.writeTo(out);
        return Arrays.copyOf(out.buffer(), out.position());
    }

    private void read(byte[] bytes, int length) {
        tcp.handleSingleMessage(new DataInputStream(new ByteArrayInputStream(bytes, 0, length)), true);
    }

    @Test
    void shouldPassOnAWholeMessage() throws Exception {
        read(written(), written().length);
        assertThat(received).hasSize(1);
        assertThat(received.get(0).getArray()).isEqualTo(CONTENT);
    }

    @Test
    void shouldNotTakeAConnectionThatEndsWithinAMessageForAnError() throws Exception {
        byte[] bytes = written();
        try (Warnings warnings = new Warnings(LinkTcp.class)) {
            for (int length = 0; length < bytes.length; length++) {
                read(bytes, length);
            }
            assertThat(warnings.next(Duration.ZERO)).isNull();
        }
        assertThat(received).isEmpty();
    }

    /** It is no message of any kind. */
    @Test
    void shouldTellOfWhatIsNoMessage() throws Exception {
        try (Warnings warnings = new Warnings(LinkTcp.class)) {
            read(new byte[] {0x7F, 0x7F, 0, 0}, 4);
            assertThat(warnings.next(Duration.ZERO)).contains("failed handling incoming message");
        }
    }
}
