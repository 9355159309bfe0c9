package org.goaway.internal.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

    private static final Address OTHER = new UUID(1, 2);

    private final LinkTunnel tunnel = new LinkTunnel();
    private final LinkBundler bundler = new LinkBundler();
    private final CompletableFuture<Thread> writer = new CompletableFuture<>();

    private final class Router implements TUNNEL.TUNNELPolicy {

        @Override
        public void sendToAllMembers(String group, Address sender, byte[] bytes, int offset, int length) {
            throw new AssertionError("a message to one member");
        }

        @Override
        public void sendToSingleMember(
                String group, Address to, Address sender, byte[] bytes, int offset, int length) {
            writer.complete(Thread.currentThread());
        }
    }

    private Thread writerOf(Way way) throws Exception {
        bundler.sending(way, () -> bundler.send(new BytesMessage(OTHER, new byte[1])));
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

    @Test
    void shouldNotWriteOnAThreadThatMustNotWaitToARouterWhichAllShare() throws Exception {
        assertThat(writerOf(Way.HERE_IF_SURE)).isNotSameAs(Thread.currentThread());
    }
}
