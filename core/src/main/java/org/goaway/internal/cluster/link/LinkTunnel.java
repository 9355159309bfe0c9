package org.goaway.internal.cluster.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jgroups.Event;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TUNNEL;
import org.jgroups.stack.RouterStub;
import org.jgroups.util.DefaultSocketFactory;
import org.jgroups.util.SocketFactory;

/**
 * A tunnel that tells when it has no router, why, and when it has one again; JGroups tries again and says nothing. It also
 * leaves a router that has been silent for too long while a thread is stuck in writing to it, and follows one to the address
 * to which its name leads by now.
 */
public final class LinkTunnel extends TUNNEL {

    private static final Logger LOG = LogManager.getLogger(LinkTunnel.class);

    private static final long LOOK_MILLIS = 1_000;
    private static final int PROBE_MILLIS = 1_000;
    private static final long GOODBYES_MILLIS = 1_000;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Of the one task that looks. */
    private boolean connected = true;

    private long toldAt = System.nanoTime() - TELL_NANOS;
    private volatile Future<?> looking;
    private volatile RouterSockets sockets;

    /** Speaks TUNNEL's messages, so it takes its number. */
    public LinkTunnel() {
        setId(ClassConfigurator.getProtocolId(TUNNEL.class));
        setThreadFactory(new LinkThreads());
        setSocketFactory(new DefaultSocketFactory());
    }

    @Override
    public void setSocketFactory(SocketFactory made) {
        sockets = new RouterSockets(made);
        super.setSocketFactory(sockets);
    }

    @Override
    public Object down(Event event) {
        if (event.getType() == Event.DISCONNECT) {
            stopLooking();
            boundGoodbyes();
        }
        Object result = super.down(event);
        if (event.getType() == Event.CONNECT && looking == null) {
            looking = timer.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return result;
    }

    @Override
    public void destroy() {
        stopLooking();
        boundGoodbyes();
        super.destroy();
    }

    /** Not on the transport's timer, which may have ended. */
    private void boundGoodbyes() {
        List<Socket> present = sockets.all();
        var unused = new CompletableFuture<Void>()
                .completeOnTimeout(null, GOODBYES_MILLIS, TimeUnit.MILLISECONDS)
                .thenRun(() -> present.forEach(Handshakes::closeQuietly));
    }

    private void stopLooking() {
        Future<?> current = looking;
        if (current != null) {
            current.cancel(false);
        }
    }

    private void look() {
        stubManager.forEach(this::closeIfSilent);
        if (stubManager.disconnectedStubs()) {
            gossip_routers.replaceAll(this::followed);
        }
        boolean now = stubManager.connectedStubs() > 0;
        if (now && !connected) {
            LOG.warn("has a router again: {}", stubManager.printStubs());
        } else if (!now && System.nanoTime() - toldAt >= TELL_NANOS) {
            toldAt = System.nanoTime();
            gossip_routers.forEach(LinkTunnel::tell);
        }
        connected = now;
    }

    /** What JGroups' own look for silence closes, unless it is stuck in the goodbye. */
    private void closeIfSilent(RouterStub stub) {
        long silentSince = System.currentTimeMillis() - heartbeat_timeout;
        if (stub.lastHeartbeat() < silentSince) {
            sockets.close(stub.remote().getSocketAddress(), silentSince);
        }
    }

    /** The router at the address that its name has now; a stub of JGroups' keeps the one that it had first. */
    private InetSocketAddress followed(InetSocketAddress router) {
        if (router.isUnresolved()) { // its stub looks its name up itself
            return new InetSocketAddress(router.getHostString(), router.getPort());
        }
        List<InetAddress> present = addresses(router.getHostString());
        if (present.isEmpty() || present.contains(router.getAddress()) || isConnected(router)) {
            return router;
        }
        InetSocketAddress moved = new InetSocketAddress(present.get(0), router.getPort());
        stubManager.unregisterStub(router);
        stubManager
                .createAndRegisterStub(new InetSocketAddress(bind_addr, bind_port), moved, linger)
                .receiver(this)
                .tcpNoDelay(tcp_nodelay);
        stubManager.connectStubs();
        Future<?> current = looking;
        if (current != null && current.isCancelled()) { // and nobody else would close it any more
            stubManager.destroyStubs();
        }
        return moved;
    }

    private static List<InetAddress> addresses(String name) {
        try {
            return List.of(InetAddress.getAllByName(name));
        } catch (UnknownHostException e) {
            LOG.debug("nobody knows {} now", name, e);
            return List.of();
        }
    }

    private boolean isConnected(InetSocketAddress router) {
        AtomicBoolean connected = new AtomicBoolean();
        stubManager.forEach(stub -> {
            if (router.equals(stub.remote().getSocketAddress())) {
                connected.set(true);
            }
        });
        return connected.get();
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
