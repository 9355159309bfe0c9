package org.goaway.internal.cluster;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.cluster.link.Cuts;
import org.goaway.internal.wire.MessageCodec;
import org.goaway.protocol.MemberId;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.View;
import org.jgroups.protocols.TP;
import org.jgroups.stack.IpAddress;
import org.jgroups.stack.ProtocolStack;

/**
 * This node's place in the group: its identity, who else is present, and the ways to reach them.
 *
 * <p>After {@link #connect} the node has its identity and is in a view, but is not present at the others, so nobody sends
 * it anything: time to build the protocols and register their routes. {@link #open} then introduces it.
 */
public final class GroupChannel implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(GroupChannel.class);

    private static final long PAUSE_MILLIS = 200;

    /** Longer than a start takes on a busy machine. */
    private static final long TELL_SECONDS = 15;

    private final EventLoop loop;
    private final Attempt attempt;
    private final PackedTransport transport;
    private final Membership membership;
    private final RaftLog log;
    private volatile Map<MemberId, Address> addresses = Map.of();

    /** One try to connect. Until a transport is set, frames and views go nowhere. */
    private static final class Attempt {
        private final JChannel channel;
        private final Dispatcher dispatcher;
        private volatile PackedTransport transport;
        private volatile Runnable viewChanged = () -> {};

        private Attempt(ChannelConfig config) throws Exception {
            channel = Stacks.channel(config);
            dispatcher = new Dispatcher(channel, this::onFrame, () -> viewChanged.run());
        }

        private void onFrame(MemberId from, ByteBuffer frame) {
            PackedTransport receiver = transport;
            if (receiver != null) {
                receiver.receive(from, frame);
            }
        }
    }

    private GroupChannel(ChannelConfig config, EventLoop loop, Marshaller marshaller, Attempt attempt) {
        this.loop = loop;
        this.attempt = attempt;
        MemberInfo self = describe(config, attempt.channel);
        // In process a sender's thread may deliver: another node's loop, or a thread of the program.
        Executor arrivals = config.stack() == Stack.IN_PROCESS ? loop : loop::executeOnOwn;
        this.transport = new PackedTransport(self.id(), config.name(), loop, arrivals, marshaller, new Below());
        this.membership = new Membership(self, transport);
        this.log = new RaftLog(self, membership, transport, loop, marshaller, this::leave);
        loop.onTick(membership::onTick);
        attempt.transport = transport;
        attempt.viewChanged = () -> loop.execute(this::onView);
        loop.execute(this::onView);
    }

    /**
     * Makes this node a member; blocks until it is, at most {@link ChannelConfig.Entry#atMost()}. A channel that does not
     * find the members it was told of is rebuilt until then.
     *
     * @throws ChannelException if it cannot; the message says what to do
     */
    public static GroupChannel connect(ChannelConfig config, EventLoop loop, MessageCodec codec) {
        checkAddresses(config);
        long deadline = System.nanoTime() + config.entry().atMost().toNanos();
        for (int tries = 1; ; tries++) {
            Exception failure = null;
            Attempt attempt = null;
            try {
                attempt = new Attempt(config);
                connect(config, attempt.channel);
                if (arrived(config, attempt.channel)) {
                    return new GroupChannel(config, loop, new Marshaller(codec), attempt);
                }
            } catch (Exception e) {
                failure = e;
            }
            if (attempt != null) {
                attempt.channel.close();
            }
            boolean portTaken = failure != null && portInUse(failure);
            if (portTaken && isTaken(config.bind())) {
                throw new ChannelException(
                        "port " + config.bind().getPort() + " of "
                                + Host.text(config.bind().getAddress())
                                + " is in use: end what listens there, or give another port (0 takes any free one)",
                        failure);
            }
            if (System.nanoTime() - deadline >= 0) {
                if (portTaken && Stacks.multicastPort(config).isPresent()) {
                    throw new ChannelException(multicastPortTaken(config), failure);
                }
                throw new ChannelException(
                        missing(config) + (failure == null ? "" : ". The last try failed: " + failure.getMessage()),
                        failure);
            }
            Reach.check(config);
            LOG.warn(
                    "{}: try {} to join '{}' came to nothing; trying again",
                    config.name(),
                    tries,
                    shown(config),
                    failure);
            pause(config);
        }
    }

    /** JGroups tries several times for several seconds, with each of those who answer, and says nothing meanwhile. */
    private static void connect(ChannelConfig config, JChannel channel) throws Exception {
        CompletableFuture<Void> connected = new CompletableFuture<>();
        warnUnless(connected, config, TELL_SECONDS);
        try {
            channel.connect(config.cluster());
        } finally {
            connected.complete(null);
        }
    }

    private static void warnUnless(CompletableFuture<Void> connected, ChannelConfig config, long seconds) {
        CompletableFuture.delayedExecutor(TELL_SECONDS, TimeUnit.SECONDS).execute(() -> {
            if (!connected.isDone()) {
                LOG.warn(
                        "{}: has tried to become a member of '{}' from {} for {} s; who answers has not let it in so far",
                        config.name(),
                        shown(config),
                        Host.text(config.bind().getAddress()),
                        seconds);
                warnUnless(connected, config, seconds + TELL_SECONDS);
            }
        });
    }

    /** What no further try would mend. */
    private static void checkAddresses(ChannelConfig config) {
        if (config.stack() == Stack.IN_PROCESS) {
            return;
        }
        if (config.entry().way() == ChannelConfig.Way.JOIN) {
            config.entry().hosts().forEach(host -> checkKnown(config, host));
        }
        try {
            new ServerSocket(0, 1, config.bind().getAddress()).close();
        } catch (IOException e) {
            throw new ChannelException(
                    "'" + config.name() + "' cannot listen on "
                            + Host.text(config.bind().getAddress()) + ": " + e.getMessage()
                            + ". Give an address of this machine to bind to",
                    e);
        }
    }

    private static void checkKnown(ChannelConfig config, Host host) {
        try {
            host.addresses();
        } catch (UnknownHostException e) {
            throw new ChannelException(
                    "'" + config.name() + "' does not know the host '" + host.name()
                            + "': check the name, or give an IP address",
                    e);
        }
    }

    private static void pause(ChannelConfig config) {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelException("'" + config.name() + "' was interrupted while joining", e);
        }
    }

    private static boolean arrived(ChannelConfig config, JChannel channel) {
        return config.entry().way() != ChannelConfig.Way.JOIN
                || channel.getView().size() > 1;
    }

    private static boolean portInUse(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    /** Of what a channel binds, the port that it was told is one; where others find it is another. */
    private static boolean isTaken(InetSocketAddress told) {
        if (told.getPort() == 0) {
            return false;
        }
        try {
            new ServerSocket(told.getPort(), 1, told.getAddress()).close();
            return false;
        } catch (IOException e) {
            LOG.debug("{} is taken", told, e);
            return true;
        }
    }

    private static String multicastPortTaken(ChannelConfig config) {
        return "UDP port " + Stacks.multicastPort(config).getAsInt() + ", at which members of cluster '" + shown(config)
                + "' find each other, is in use: end what listens there, or give the cluster another name, which has"
                + " another port";
    }

    /** Behind the name, launched members have what only they know: not for a log. */
    private static String shown(ChannelConfig config) {
        int secret = config.stack() == Stack.LOCAL ? config.cluster().lastIndexOf('/') : -1;
        return secret < 0 ? config.cluster() : config.cluster().substring(0, secret);
    }

    private static String missing(ChannelConfig config) {
        return "'" + config.name() + "' found no member of cluster '" + shown(config) + "' at "
                + config.entry().hosts() + " within " + config.entry().atMost().toMillis()
                + " ms: check that the first member runs and that the address is its own";
    }

    private static MemberInfo describe(ChannelConfig config, JChannel channel) {
        boolean socket = config.stack() != Stack.TUNNEL
                && channel.down(new Event(Event.GET_PHYSICAL_ADDRESS, channel.getAddress())) instanceof IpAddress;
        IpAddress address = socket
                ? (IpAddress) channel.down(new Event(Event.GET_PHYSICAL_ADDRESS, channel.getAddress()))
                : new IpAddress(config.bind().getAddress(), 0);
        return new MemberInfo(
                Dispatcher.memberOf(channel.getAddress()),
                config.name(),
                Host.text(address.getIpAddress()),
                address.getPort(),
                Runtime.getRuntime().availableProcessors(),
                config.spawner(),
                config.labels(),
                config.taskThreads(),
                config.runsTasks(),
                Runtime.version().feature());
    }

    /** Introduces this member to the others, so that they see it and send to it. */
    public void open() {
        loop.execute(membership::open);
    }

    /** This member, under the name that it has now. Any thread. */
    public MemberInfo self() {
        return membership.self();
    }

    /** Who is present. */
    public Membership membership() {
        return membership;
    }

    /** The way to send messages, and where routes for arriving ones are registered. */
    public PackedTransport transport() {
        return transport;
    }

    /** Requests and answers. */
    public Requests requests() {
        return transport.requests();
    }

    /** The replicated log, not started yet. */
    public RaftLog log() {
        return log;
    }

    /** For tests: hears nothing of these members from now on, and everything of all others. */
    public void cutOff(Set<MemberId> members) {
        cuts().of(members.stream().map(Dispatcher::addressOf).collect(Collectors.toSet()));
    }

    /** For tests: hears nothing and says nothing from now on, or that ends. */
    public void silence(boolean silent) {
        cuts().ofAll(silent);
    }

    /** Nothing is in the way of messages until the first link is cut. */
    private synchronized Cuts cuts() {
        ProtocolStack stack = attempt.channel.getProtocolStack();
        Cuts present = stack.findProtocol(Cuts.class);
        if (present != null) {
            return present;
        }
        try {
            Cuts cuts = new Cuts();
            cuts.setAddress(attempt.channel.getAddress());
            stack.insertProtocol(cuts, ProtocolStack.Position.ABOVE, TP.class);
            return cuts;
        } catch (Exception e) {
            throw new IllegalStateException("JGroups does not take one more protocol", e);
        }
    }

    private void onView() {
        View view = attempt.channel.getView();
        if (view != null) {
            Map<MemberId, Address> now = new LinkedHashMap<>();
            for (Address address : view.getMembersRaw()) {
                now.put(Dispatcher.memberOf(address), address);
            }
            addresses = now;
            membership.onView(List.copyOf(now.keySet()));
        }
    }

    private final class Below implements PackedTransport.Sender {

        @Override
        public void send(MemberId to, byte[] frame, boolean unordered, boolean direct) {
            Address address = addresses.get(to);
            if (address != null) {
                attempt.dispatcher.send(address, frame, unordered, direct);
            }
        }

        @Override
        public void arrived(MemberId member) {
            Address address = addresses.get(member);
            if (address != null) {
                attempt.dispatcher.arrived(address);
            }
        }
    }

    /** Elsewhere, since that waits for the one who calls. */
    private void leave() {
        Thread leaving = new Thread(this::closeAndTell, "goaway-leave-" + self().name());
        leaving.setDaemon(true);
        leaving.start();
    }

    /** What this member runs and has started ends as when it is cut off. */
    private void closeAndTell() {
        close();
        loop.execute(() -> membership.onView(List.of(self().id())));
    }

    /** Leaves the group and ends what was started here; the loop stays. Idempotent. Not on the loop. */
    @Override
    public void close() {
        log.close();
        transport.close();
        attempt.viewChanged = () -> {};
        attempt.channel.close();
    }
}
