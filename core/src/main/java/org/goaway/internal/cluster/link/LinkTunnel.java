package org.goaway.internal.cluster.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jgroups.Event;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TUNNEL;

/** A tunnel that tells when it has no router, why, and when it has one again; JGroups tries again and says nothing. */
public final class LinkTunnel extends TUNNEL {

    private static final Logger LOG = LogManager.getLogger(LinkTunnel.class);

    private static final long LOOK_MILLIS = 1_000;
    private static final int PROBE_MILLIS = 1_000;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Of the one task that looks. */
    private boolean connected = true;

    private long toldAt = System.nanoTime() - TELL_NANOS;
    private volatile Future<?> looking;

    /** Speaks TUNNEL's messages, so it takes its number. */
    public LinkTunnel() {
        setId(ClassConfigurator.getProtocolId(TUNNEL.class));
        setThreadFactory(new LinkThreads());
    }

    @Override
    public Object down(Event event) {
        Object result = super.down(event);
        if (event.getType() == Event.CONNECT && looking == null) {
            looking = timer.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } else if (event.getType() == Event.DISCONNECT) {
            stopLooking();
        }
        return result;
    }

    @Override
    public void destroy() {
        stopLooking();
        super.destroy();
    }

    private void stopLooking() {
        Future<?> current = looking;
        if (current != null) {
            current.cancel(false);
        }
    }

    private void look() {
        boolean now = stubManager.connectedStubs() > 0;
        if (now && !connected) {
            LOG.warn("has a router again: {}", stubManager.printStubs());
        } else if (!now && System.nanoTime() - toldAt >= TELL_NANOS) {
            toldAt = System.nanoTime();
            gossip_routers.forEach(LinkTunnel::tell);
        }
        connected = now;
    }

    private static void tell(InetSocketAddress router) {
        InetSocketAddress anew = new InetSocketAddress(router.getHostString(), router.getPort());
        String shown = AddressText.of(router.getHostString(), router.getPort());
        if (anew.isUnresolved()) {
            LOG.warn("nobody knows the router's host '{}': check the name; it is looked up again each second", shown);
            return;
        }
        try (Socket socket = new Socket()) {
            socket.connect(anew, PROBE_MILLIS);
            LOG.warn(
                    "the router at {} takes connections, but not this member's: give both the same key_file, or both none",
                    shown);
        } catch (IOException e) {
            LOG.warn(
                    "no router answers at {} ({}): start 'goaway router' there; it is tried again each second",
                    shown,
                    e.getMessage());
        }
    }
}
