package org.goaway.internal.cluster.link;

import java.io.DataInput;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.IpAddress;
import org.jgroups.stack.Protocol;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.Util;

/**
 * TCP that closes the connections of members that left, at once, and no others. JGroups closes those of all that are not in
 * a new view, and says goodbye on each:
 *
 * <ul>
 *   <li>who is just about to join is not in it either: its question who is here, or the answer, would be lost with the
 *       connection, and its start would take seconds longer;
 *   <li>to say goodbye it waits for as long as another thread is stuck in writing to that member: until the link heals, or
 *       the system gives up after a quarter of an hour. No view would be installed until then. Here the socket is closed,
 *       which frees that thread too.
 * </ul>
 *
 * A stranger that never joins loses its connection once it has been idle for a minute (the stack's {@code conn_expire_time}).
 */
public final class LinkTcp extends TCP {

    private static final Logger LOG = LogManager.getLogger(LinkTcp.class);

    /** So many bytes are copied in less time than their numbers take one by one. */
    private static final int SMALL = 8 << 10;

    private static final int LOOKS = 4;
    private static final long LOOK_AGAIN_MILLIS = 50;

    /** So long may goodbyes take in all: each is a few bytes, and who takes none loses the connection without. */
    private static final long GOODBYES_MILLIS = 1_000;

    /** The addresses of the view's members; written by who installs views, one after the other. */
    private volatile Set<Address> present = Set.of();

    /** Speaks TCP's messages, so it takes its number. */
    public LinkTcp() {
        setId(ClassConfigurator.getProtocolId(TCP.class));
        setThreadFactory(new LinkThreads());
    }

    @Override
    public void retainAll(Collection<Address> now) {
        Set<Address> left = new HashSet<>(present);
        left.removeAll(now);
        present = Set.copyOf(now);
        Set<Address> kept = new HashSet<>(now);
        srv.forAllConnections((address, connection) -> {
            if (!left.contains(address) || is_member.test((PhysicalAddress) address)) {
                kept.add(address);
            } else {
                close(address, connection);
            }
        });
        super.retainAll(kept);
    }

    /** A small message is taken from the stream at once: each of its some seventy numbers would cost a lock of the stream. */
    @Override
    public void receive(Address sender, DataInput in, int length) throws Exception {
        if (length < 0 || length > SMALL) {
            super.receive(sender, in, length);
            return;
        }
        byte[] message = new byte[length];
        in.readFully(message);
        super.receive(sender, new ByteArrayDataInputStream(message), length);
    }

    /** JGroups takes it for an error that a connection ends within a message, and for none that it ends between two. */
    @Override
    protected void handleSingleMessage(DataInput in, boolean multicast) {
        try {
            Message message = read(in);
            if (message != null && (multicast || !unicastDestMismatch(message.getDest()))) {
                msg_processing_policy.process(message, message.isFlagSet(Message.Flag.OOB));
                msg_stats.received(message);
            }
        } catch (Throwable e) { // the connection and its thread go on
            log.error(String.format(Util.getMessage("IncomingMsgFailure"), local_addr), e);
        }
    }

    /** Null: the connection has ended. */
    private static Message read(DataInput in) throws ClassNotFoundException {
        try {
            return Util.readMessage(in);
        } catch (IOException ended) {
            LOG.debug("a connection has ended within a message, or the message is none", ended);
            return null;
        }
    }

    /** Says goodbye on each connection, which waits for a thread that is stuck in writing to it: that one is freed in time. */
    @Override
    protected void handleDisconnect() {
        Future<?> late =
                timer.schedule(() -> srv.forAllConnections(LinkTcp::close), GOODBYES_MILLIS, TimeUnit.MILLISECONDS);
        try {
            super.handleDisconnect();
        } finally {
            late.cancel(false);
        }
    }

    /** Whether there is a connection to this member: else writing to it makes one, which may take seconds. Any thread. */
    boolean isLinked(Address member) {
        PhysicalAddress at = getPhysicalAddressFromCache(member);
        return at != null && srv.connectionEstablishedTo(at);
    }

    /**
     * Where a connection breaks, JGroups asks the member whether it lives, and waits for the answer of one that does not. Where its port
     * is closed its process has ended, and need not be waited for.
     */
    @Override
    public void connectionClosed(Connection connection) {
        super.connectionClosed(connection);
        Address peer = connection.peerAddress();
        Address member = peer == null ? null : logical_addr_cache.getByValue((PhysicalAddress) peer);
        GMS membership = stack.findProtocol(GMS.class);
        boolean stays = connected && membership != null && !membership.isLeaving();
        boolean broken = enable_suspect_events && !connection.isClosedGracefully();
        // Of two that connect to each other at once, one connection is closed in favour of the other.
        if (stays && broken && member != null && present.contains(peer) && !srv.connectionEstablishedTo(peer)) {
            thread_pool.execute(() -> suspectIfClosed(member, (IpAddress) peer, LOOKS));
        }
    }

    private void suspectIfClosed(Address member, IpAddress at, int looks) {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(at.getIpAddress(), at.getPort()), sock_conn_timeout);
            if (looks > 1 && !srv.connectionEstablishedTo(at)) {
                // A process that ends may close its connections before its port.
                var unused = timer.schedule(
                        () -> suspectIfClosed(member, at, looks - 1), LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (ConnectException refused) {
            LOG.debug("{} has ended: {}", member, refused.getMessage());
            Protocol asks = stack.findProtocol(VERIFY_SUSPECT2.class);
            asks.getUpProtocol().up(new Event(Event.SUSPECT, List.of(member)));
        } catch (IOException e) {
            LOG.debug("whether {} has ended is not known", member, e);
        }
    }

    private static void close(Address address, Connection connection) {
        try {
            connection.close(false);
        } catch (IOException e) {
            LOG.debug("the connection to {} was closed already", address, e);
        }
    }
}
