package org.goaway.internal.cluster.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Where they are, as far as is known; like the two below, of the one task that looks. */
    private final List<InetSocketAddress> routers = new ArrayList<>();

    private boolean connected = true;
    private long toldAt = System.nanoTime() - TELL_NANOS;

    private volatile Future<?> watching;
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
        boolean begins = event.getType() == Event.CONNECT && looking == null;
        if (begins) {
            routers.addAll(gossip_routers);
            gossip_routers.removeIf(
                    InetSocketAddress::isUnresolved); // beside a stub without an address none can be removed
        }
        Object result = super.down(event);
        if (begins) { // two, since to look up a name may take long
            watching = timer.scheduleWithFixedDelay(this::watch, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
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
        for (Future<?> task : Arrays.asList(watching, looking)) {
            if (task != null) {
                task.cancel(false);
            }
        }
    }

    private void watch() {
        stubManager.forEach(this::closeIfSilent);
    }

    private void look() {
        boolean now = stubManager.connectedStubs() > 0;
        if (now && !connected) {
            LOG.warn("has a router again: {}", stubManager.printStubs());
        } else if (!now && System.nanoTime() - toldAt >= TELL_NANOS) {
            toldAt = System.nanoTime();
            routers.forEach(LinkTunnel::tell);
        }
        connected = now;
        for (int i = 0; i < routers.size(); i++) {
            routers.set(i, followed(routers.get(i)));
        }
    }

    /** What JGroups' own look for silence closes, unless it is stuck in the goodbye. */
    private void closeIfSilent(RouterStub stub) {
        long silentSince = System.currentTimeMillis() - heartbeat_timeout;
        if (stub.lastHeartbeat() < silentSince) {
            sockets.close(stub.remote().getSocketAddress(), silentSince);
        }
    }

    /**
     * The router at an address that its name has now and that no other of the list has; a stub of JGroups' keeps the one that it
     * had first.
     */
    private InetSocketAddress followed(InetSocketAddress router) {
        if (isConnected(router)) {
            return router;
        }
        List<InetSocketAddress> present = addresses(router);
        if (present.contains(router)) {
            return router;
        }
        for (InetSocketAddress moved : present) {
            if (moved.getAddress().getClass() == bind_addr.getClass() && !routers.contains(moved)) {
                move(router, moved);
                return moved;
            }
        }
        return router;
    }

    private void move(InetSocketAddress router, InetSocketAddress moved) {
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
    }

    private static List<InetSocketAddress> addresses(InetSocketAddress router) {
        try {
            return Arrays.stream(InetAddress.getAllByName(router.getHostString()))
                    .map(address -> new InetSocketAddress(address, router.getPort()))
                    .toList();
        } catch (UnknownHostException e) {
            LOG.debug("nobody knows {} now", router.getHostString(), e);
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
