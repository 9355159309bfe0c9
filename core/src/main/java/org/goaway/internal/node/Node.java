package org.goaway.internal.node;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.Cluster;
import org.goaway.Member;
import org.goaway.internal.cluster.EventLoop;
import org.goaway.internal.cluster.GroupChannel;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Membership;
import org.goaway.internal.code.Application;
import org.goaway.internal.code.Applications;
import org.goaway.internal.code.CodeCache;
import org.goaway.internal.object.SharedObjects;
import org.goaway.internal.output.StandardStreams;
import org.goaway.internal.task.Scope;
import org.goaway.internal.task.TaskHost;
import org.goaway.internal.task.TaskPorts;
import org.goaway.internal.task.Tasks;
import org.goaway.internal.wire.Codec;
import org.goaway.internal.wire.MessageCodec;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;

/**
 * One member of a cluster, made of the other packages' parts: the channel and its event loop below, the protocols on the
 * loop, shared objects and tasks above. Safe for any thread.
 */
final class Node implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(Node.class);

    private static final long LONG_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Class bytes by their hash, shared by all nodes of this process: they never change. */
    private static final CodeCache CODE = new CodeCache(64 << 20);

    private final NodeConfig config;
    private final EventLoop loop;
    private final GroupChannel channel;
    private final StandardStreams streams;
    private final ThreadPoolExecutor callbacks;
    private final Members members;
    private final NodeProtocols protocols;
    private final Founding founding;
    private final Applications applications;
    private final Tasks tasks;
    private final SharedObjects objects;
    private final Map<Application, NodeCluster> clusters = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Runnable beforeLeaving = () -> {};
    private final CompletableFuture<MemberInfo> founderLeft = new CompletableFuture<>();

    private Node(NodeConfig config, EventLoop loop, GroupChannel channel, StandardStreams streams) {
        this.config = config;
        this.loop = loop;
        this.channel = channel;
        this.streams = streams;
        this.callbacks = callbacks(config.channel().name());
        this.members = new Members(channel.self(), channel.membership(), channel.log(), callbacks);
        Bound bound = new Bound(members);
        this.protocols = new NodeProtocols(
                channel,
                loop,
                callbacks,
                config.timeout(),
                new EncodedNumbers(new Codec(ClassLoader.getPlatformClassLoader(), bound)));
        this.founding = new Founding(
                channel.membership(),
                channel.requests(),
                protocols.spine(),
                loop,
                callbacks,
                this::joined,
                this::begins);
        this.applications = new Applications(
                channel.self().id(),
                channel.requests()::request,
                loader -> new Codec(loader, bound),
                CODE,
                id -> members.member(id).name(),
                config.filepaths());
        this.tasks = new Tasks(
                new TaskPorts(
                        channel.self().id(),
                        channel.transport(),
                        channel.transport()::offer,
                        channel.requests()::request,
                        loop,
                        new Host()),
                applications,
                new TaskPorts.Settings(config.channel().taskThreads(), streams, config.output(), LONG_WAIT_NANOS));
        this.objects = protocols.objects(tasks.waiting(), config.timeout(), members::withNames, this::holder);
        new Routes(channel, loop, protocols, tasks).register();
        channel.membership().listen(new Membership.Listener() {
            @Override
            public void joined(MemberInfo member) {
                protocols.onPresent(member.id());
            }

            @Override
            public void left(MemberInfo member) {
                protocols.onGone(member.id());
                tasks.onGone(member.id());
                forget(member.id());
                if (founding.founder().filter(member.id()::equals).isPresent()) {
                    founderLeft.complete(member);
                }
            }
        });
        loop.onTick(nanos -> {
            protocols.onTick(nanos);
            tasks.onTick(nanos);
        });
    }

    /**
     * Makes a node a member of its group; it is of no cluster until one is founded. Blocks until it is a member.
     *
     * @throws org.goaway.GoAwayException if it cannot be; the message says what to do
     */
    static Node join(NodeConfig config) {
        EventLoop loop = new EventLoop(config.channel().name());
        StandardStreams streams = null;
        GroupChannel channel = null;
        try {
            MessageCodec codec = WireTypes.codec();
            channel = GroupChannel.connect(config.channel(), loop, codec);
            streams = StandardStreams.install();
            Node node = new Node(config, loop, channel, streams);
            channel.open();
            return node;
        } catch (RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            if (streams != null) {
                streams.close();
            }
            loop.close();
            throw e;
        }
    }

    /** Asks {@code present} whether they would join a cluster founded here. */
    CompletableFuture<Void> ask(List<MemberInfo> present) {
        return founding.ask(present);
    }

    /** Founds a cluster of {@code present}; the future ends when all of them may begin. */
    CompletableFuture<Void> found(List<MemberInfo> present, Duration atMost) {
        return founding.found(present, config.voters(), atMost);
    }

    /** Ends when this node's cluster has begun. */
    CompletableFuture<Epoch> begun() {
        return founding.begun();
    }

    /** Ends when the member that founded this node's cluster has left. */
    CompletableFuture<MemberInfo> founderLeft() {
        return founderLeft;
    }

    /** The members that this node sees. */
    Members members() {
        return members;
    }

    /** The members present, in the order in which they came. */
    List<MemberInfo> infos() {
        return channel.membership().members();
    }

    /** This node's own description. */
    MemberInfo self() {
        return channel.self();
    }

    /** The cluster's name, as its configuration has it. */
    String name() {
        return config.cluster();
    }

    /** The cluster as the application of {@code loader} sees it through this node. */
    NodeCluster cluster(ClassLoader loader) {
        return cluster(applications.of(loader));
    }

    private NodeCluster cluster(Application application) {
        return clusters.computeIfAbsent(application, known -> new NodeCluster(this, known, objects, tasks));
    }

    boolean isClosed() {
        return closed.get();
    }

    private void joined(List<MemberId> voters) {
        channel.log().start(voters, protocols.state());
        loop.execute(() -> protocols.spine().onFounded(voters));
    }

    private void begins(Epoch epoch) {
        members.begin(epoch);
        protocols.onEpoch(epoch);
    }

    /** Drops what is kept for the programs that {@code origin} started. */
    private void forget(MemberId origin) {
        clusters.keySet().removeIf(application -> {
            boolean ended = application.version().origin().equals(origin);
            if (ended) {
                objects.forget(application.codec());
            }
            return ended;
        });
    }

    /** Who the current thread is, for those who wait for it. */
    private String holder() {
        Scope scope = Scope.current();
        String who = scope == null
                ? "thread " + Thread.currentThread().getName()
                : "task " + scope.context().name();
        return who + " on " + self().name();
    }

    /** Runs {@code last} when this node closes, after its tasks have ended and before it leaves. */
    void beforeLeaving(Runnable last) {
        beforeLeaving = last;
    }

    /** For a process that exits: its tasks end with it, so nobody is told how they ended, only that this member left. */
    void leaveAtOnce() {
        tasks.abandon();
        close();
    }

    /** Leaves the cluster and ends all threads of this node. Idempotent; blocks up to a few seconds. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        members.close();
        objects.close();
        tasks.close();
        beforeLeaving.run();
        channel.close();
        loop.close();
        callbacks.shutdownNow();
        if (streams != null) {
            streams.close();
        }
        LOG.info("{}: closed", self().name());
    }

    private static ThreadPoolExecutor callbacks(String name) {
        ThreadPoolExecutor callbacks =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "goaway-callback-" + name);
                    thread.setDaemon(true);
                    return thread;
                });
        callbacks.allowCoreThreadTimeOut(true);
        return callbacks;
    }

    /** What tasks need of this node. */
    private final class Host implements TaskHost {

        @Override
        public List<TaskHost.TaskMember> members() {
            return members.forTasks();
        }

        @Override
        public Member member(MemberId id) {
            return members.member(id);
        }

        @Override
        public Cluster cluster(Application application) {
            return Node.this.cluster(application);
        }

        @Override
        public void taskEnded(Thread thread) {
            List<String> left = objects.releaseAllOf(thread);
            if (!left.isEmpty()) {
                LOG.warn("{}: a task ended without releasing {}; released now", self().name(), left);
            }
        }
    }
}
