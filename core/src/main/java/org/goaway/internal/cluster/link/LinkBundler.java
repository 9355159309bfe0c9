package org.goaway.internal.cluster.link;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.Util;

/**
 * Keeps the links of a TCP transport apart. A plain bundler writes on the thread that sends, and to all members in a row;
 * once the socket of one member that was cut off or paused is full, that thread waits, and with JGroups' timer thread wait
 * the heartbeats to everybody else: one lost link makes a healthy member look dead.
 *
 * <p>Here JGroups' own messages are left to a thread that serves one destination only. Who has a thread for each
 * destination already says so and writes itself ({@link #sending}).
 */
public final class LinkBundler extends SenderBundler {

    private static final Logger LOG = LogManager.getLogger(LinkBundler.class);

    private static final int HEAD = 128;

    /** How a thread wants its messages to be written. */
    public enum Way {
        /** On the thread itself, which serves one destination and may wait. */
        HERE,
        /** On the thread itself where that cannot block. */
        HERE_IF_SURE
    }

    /** A step that sends a message. */
    @FunctionalInterface
    public interface Sending {
        void run() throws Exception;
    }

    private final Seldom refusals = new Seldom();
    private final Map<Address, Lane> lanes = new ConcurrentHashMap<>();

    @SuppressWarnings("ThreadLocalUsage") // of this channel: a process may have several
    private final ThreadLocal<Way> way = new ThreadLocal<>();

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> LinkThreads.daemon(work, "goaway-link"));

    /** What the transport itself sends to all that listen. */
    private final Lane everybody = new Lane(this::writeToEverybody, threads);

    /** Runs what sends messages, which are written in the way wanted. */
    public void sending(Way wanted, Sending step) throws Exception {
        way.set(wanted);
        try {
            step.run();
        } finally {
            way.set(null);
        }
    }

    /** This member says that it has got more of what was sent to it. */
    public void arrived(Address member) {
        Lane lane = lanes.get(member);
        if (lane != null) {
            lane.arrived();
        }
    }

    @Override
    protected void sendOnward(Message message) throws Exception {
        Address to = message.dest();
        List<Address> all = members;
        if (isHere(to)) {
            super.sendOnward(message);
        } else if (to == null && transport.supportsMulticasting()) {
            // Strangers are among those who are to hear it: members of other parts of the group, say.
            everybody.queue(frame(message));
            loopbackUnlessDontLoopbackIsSet(message);
        } else if (to == null && all == null) {
            super.sendOnward(message);
        } else if (to == null) {
            Lane.Frame frame = frame(message);
            for (Address member : all) {
                if (!isHere(member)) {
                    lane(member).queue(frame);
                }
            }
            loopbackUnlessDontLoopbackIsSet(message);
        } else {
            send(to, frame(message));
        }
    }

    private void send(Address to, Lane.Frame frame) throws Exception {
        Lane lane = lane(to);
        Way wanted = way.get();
        if (wanted == null || (wanted == Way.HERE_IF_SURE && mayBlock(to))) {
            lane.queue(frame);
        } else if (wanted == Way.HERE) {
            lane.write(frame);
        } else {
            lane.writeOrQueue(frame);
        }
    }

    /** Whether even the first bytes to a destination may have to wait. Over a tunnel all share the router's socket. */
    private boolean mayBlock(Address to) {
        if (transport instanceof LinkTcp tcp) {
            return !tcp.isLinked(to); // connecting, and greeting, may take seconds
        }
        return transport instanceof LinkTunnel;
    }

    private static Lane.Frame frame(Message message) throws Exception {
        ByteArrayDataOutputStream out = new ByteArrayDataOutputStream(message.length() + HEAD).growExponentially(true);
        Util.writeMessage(message, out, message.dest() == null);
        return new Lane.Frame(out.buffer(), out.position());
    }

    private boolean isHere(Address to) {
        return to != null && (to.equals(transport.getAddress()) || to.equals(transport.localPhysicalAddress()));
    }

    private void writeToEverybody(Lane.Frame frame) throws Exception {
        transport.doSend(frame.bytes(), 0, frame.length(), null);
    }

    private Lane lane(Address to) {
        return lanes.computeIfAbsent(to, address -> new Lane(frame -> write(frame, address), threads));
    }

    private void write(Lane.Frame frame, Address to) throws Exception {
        try {
            transport.doSend(frame.bytes(), 0, frame.length(), to);
        } catch (SSLException refused) {
            if (!Handshakes.hasEnded(refused)) {
                tellRefused(to, "does not take this cluster's key, or has another", refused);
            }
            throw refused;
        } catch (RefusedException refused) {
            tellRefused(to, "does not show that it knows this cluster's name", refused);
            throw refused;
        }
    }

    private void tellRefused(Address to, String how, IOException why) {
        if (refusals.another() >= 0) {
            LOG.warn("{} {} ({}); members need the same key_file, or all none", to, how, why.getMessage());
        }
    }

    @Override
    public void viewChange(View view) {
        super.viewChange(view);
        lanes.entrySet()
                .removeIf(lane ->
                        !view.containsMember(lane.getKey()) && lane.getValue().isIdle());
    }

    /** Ends its threads. The bundler of a closed channel is not used again. */
    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
