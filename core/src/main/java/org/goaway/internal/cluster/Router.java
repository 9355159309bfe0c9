package org.goaway.internal.cluster;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.goaway.internal.cluster.link.MemberSockets;
import org.jgroups.stack.GossipRouter;

/** Passes on messages between members that cannot connect to each other: all connect to it. Safe for any thread. */
public final class Router implements AutoCloseable {

    /** Far more than any message of members: they are cut into pieces of 60 KB. */
    private static final int LONGEST = 1 << 20;

    /** So many messages may wait for a member that takes nothing; it is sent more again by its peers. */
    private static final int QUEUE = 1_024;

    private final GossipRouter router;

    private Router(GossipRouter router) {
        this.router = router;
    }

    /**
     * Starts a router.
     *
     * @param secrets what members have to show; none where only this machine reaches it
     * @throws ChannelException if it cannot listen there; the message says what to do
     */
    public static Router open(InetSocketAddress bind, Optional<ChannelConfig.Secrets> secrets) {
        Stacks.prepare();
        try {
            GossipRouter router = new GossipRouter(bind.getAddress(), bind.getPort())
                    .useNio(false)
                    .nonBlockingSends(true)
                    .maxSendQueue(QUEUE)
                    .maxLength(LONGEST);
            router.diagHandler().setEnabled(false);
            secrets.ifPresent(known -> router.socketFactory(MemberSockets.keyed(known.tls(), known.sealing())));
            router.start();
            return new Router(router);
        } catch (BindException e) {
            throw new ChannelException(
                    "the router cannot listen on " + Host.of(bind) + " (" + e.getMessage()
                            + "): end what listens there, or give another --port",
                    e);
        } catch (Exception e) {
            throw new ChannelException("the router did not start: " + e.getMessage(), e);
        }
    }

    /** How many members are connected, of all clusters. */
    public int members() {
        return router.numRegisteredClients();
    }

    @Override
    public void close() {
        router.stop();
    }
}
