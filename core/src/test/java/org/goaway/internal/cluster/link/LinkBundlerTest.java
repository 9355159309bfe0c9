package org.goaway.internal.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.goaway.internal.cluster.link.LinkBundler.Way;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.protocols.TUNNEL;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On which thread it writes. */
class LinkBundlerTest {

    private static final Address SELF = new UUID(1, 1);
    private static final Address OTHER = new UUID(1, 2);

    private final LinkTunnel tunnel = new LinkTunnel();
    private final LinkBundler bundler = new LinkBundler();
    private final CompletableFuture<Thread> writer = new CompletableFuture<>();
    private IOException failure;

    private final class Router implements TUNNEL.TUNNELPolicy {

        @Override
        public void sendToAllMembers(String group, Address sender, byte[] bytes, int offset, int length) {
            throw new AssertionError("a message to one member");
        }

        @Override
        public void sendToSingleMember(String group, Address to, Address sender, byte[] bytes, int offset, int length)
                throws IOException {
            writer.complete(Thread.currentThread());
            if (failure != null) {
                throw failure;
            }
        }
    }

    private Thread writerOf(Way way) throws Exception {
        bundler.sending(way, () -> bundler.send(new BytesMessage(OTHER, new byte[1]).setSrc(SELF)));
        return writer.get(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void init() {
        tunnel.setTUNNELPolicy(new Router());
        bundler.init(tunnel);
    }

    @AfterEach
    void close() {
        bundler.destroy();
    }

    @Test
    void shouldWriteOnTheThreadThatServesOneDestination() throws Exception {
        assertThat(writerOf(Way.HERE)).isSameAs(Thread.currentThread());
    }

    /** As of a channel that has closed: who gets it fails to see who has sent it. */
    @Test
    void shouldWriteNothingThatHasNoSender() throws Exception {
        bundler.sending(Way.HERE, () -> bundler.send(new BytesMessage(OTHER, new byte[1])));
        assertThat(writer).isNotDone();
    }

    @Test
    void shouldNotWriteOnAThreadThatMustNotWaitToARouterWhichAllShare() throws Exception {
        assertThat(writerOf(Way.HERE_IF_SURE)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void shouldWarnOfOneThatHasAnotherKeyAndNotOfConnectionsThatEnd() throws Exception {
        try (Warnings warnings = new Warnings(LinkBundler.class)) {
            fail(new SSLException("Broken pipe", new SocketException("Broken pipe")));
            fail((IOException)
                    new SSLHandshakeException("Remote host terminated the handshake").initCause(new EOFException()));
            fail(new SSLHandshakeException("no such certificate"));

            assertThat(warnings.next(Duration.ZERO)).contains("no such certificate", "the same key_file");
        }
    }

    private void fail(IOException how) {
        failure = how;
        assertThatThrownBy(() -> writerOf(Way.HERE)).isSameAs(how);
    }
}
