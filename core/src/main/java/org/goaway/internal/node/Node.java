package org.goaway.internal.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.Cluster;
import org.goaway.internal.cluster.EventLoop;
import org.goaway.internal.cluster.GroupChannel;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.code.Application;
import org.goaway.internal.code.Applications;
import org.goaway.internal.code.CodeCache;
import org.goaway.internal.object.SharedObjects;
import org.goaway.internal.object.coordination.CoordinationObjects;
import org.goaway.internal.output.StandardStreams;
import org.goaway.internal.task.Scope;
import org.goaway.internal.task.TaskPorts;
import org.goaway.internal.task.Tasks;
import org.goaway.internal.wire.Codec;
import org.goaway.internal.wire.MessageCodec;
import org.goaway.internal.wire.SizeLimit;
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
    private final CallbackThread callbacks;
    private final Members members;
    private final NodeProtocols protocols;
    private final Founding founding;
    private final Recruiting recruiting;
    private final VoterKeeper voterKeeper;
    private final Departures departures;
    private final EndedProcesses endedProcesses;
    private final Programs programs;
    private final Applications applications;
    private final Tasks tasks;
    private final SharedObjects objects;
    private final Clusters clusters;
    private final Inquiry inquiry;
    private final NodeFigures figures;
    private final Closing closing = new Closing();
    /** The servers that this node has started; null: none, and the cluster goes on without this node. */
    private volatile OwnServers servers;

    private volatile Door door;

    private Node(NodeConfig config, EventLoop loop, GroupChannel channel, StandardStreams streams) {
        this.config = config;
        this.loop = loop;
        this.channel = channel;
        this.streams = streams;
        this.callbacks = new CallbackThread(config.channel().name());
        this.members = new Members(channel.self(), channel.membership()::members, channel.log()::leader, callbacks);
        Bound bound = new Bound(members);
        OwnEpochs epochs = new OwnEpochs(() -> self().name(), this::out);
        this.protocols = new NodeProtocols(
                channel,
                loop,
                callbacks,
                config,
                new EncodedNumbers(new Codec(ClassLoader.getPlatformClassLoader(), bound)),
                epochs);
        Joining joining = new Joining(channel.log(), protocols, config.lease(), loop);
        this.founding = new Founding(
                channel.membership(),
                channel.requests(),
                protocols.spine(),
                config.lease(),
                loop,
                callbacks,
                joining::onJoin,
                protocols.epochs()::begin);
        this.recruiting = new Recruiting(
                channel.membership(),
                channel.requests(),
                this::leads,
                protocols::isMember,
                () -> joining.invitation(founding.founder().orElseThrow()));
        this.voterKeeper = new VoterKeeper(
                this::leads,
                channel.log()::voters,
                members::present,
                channel.log()::changeVoters,
                joining::votersWanted);
        this.departures = new Departures(channel.self().id(), this::lost, this::isBack);
        this.programs = new Programs(
                channel.membership()::members,
                channel.membership()::strangers,
                founding::awaited,
                founding::isInvited,
                protocols.epochs().lease());
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
                        channel.transport()::queued,
                        channel.requests()::request,
                        loop,
                        new NodeHost(members, this::clusterOf, this::releaseAllOf),
                        SizeLimit.VALUE),
                applications,
                new TaskPorts.Settings(config.channel().taskThreads(), streams, config.output(), LONG_WAIT_NANOS));
        this.objects = protocols.objects(
                tasks.waiting(), config.timeout(), members::withNames, () -> Scope.who() + " on " + self().name());
        CoordinationObjects coordination = new CoordinationObjects(protocols.coordination(), objects.calls());
        this.clusters = new Clusters(objects, known -> new NodeCluster(this, known, objects, coordination, tasks));
        new Routes(channel, loop, protocols, tasks).register();
        this.inquiry = new Inquiry(
                config.cluster(), self(), members, protocols, channel.log()::leader, tasks, channel.requests());
        inquiry.answer(loop);
        channel.transport().onUnheld(tasks::onUnheld);
        this.endedProcesses = new EndedProcesses(loop, channel, protocols, departures, voterKeeper);
        endedProcesses.hear();
        channel.transport().route(Programs.Ends.class, (from, ends) -> programs.onEnds(from));
        Presence presence = new Presence(departures, members, loop::nanos);
        protocols.listeners().forEach(channel.membership()::listen);
        presence.listeners().forEach(channel.membership()::listen);
        channel.membership().listen(programs);
        startTicking();
        MembershipFigures membership = new MembershipFigures(
                config.cluster(),
                self().id(),
                members,
                channel.log()::leader,
                protocols.epochs().lease());
        this.figures = NodeFigures.of(membership, channel, protocols, tasks, objects, applications, callbacks);
        epochs.learners(presence.learners());
        epochs.learners(List.of(figures::onEpoch, programs::onEpoch, founding::onEpoch));
    }

    private Cluster clusterOf(Application application) {
        return clusters.of(application);
    }

    private List<String> releaseAllOf(Thread thread) {
        return objects.releaseAllOf(thread);
    }

    private void startTicking() {
        protocols.startTicking();
        tasks.ticks().forEach(loop::onTick);
        loop.onTick(recruiting::onTick);
        loop.onTick(voterKeeper::onTick);
        loop.onTick(departures::onTick);
        loop.onTick(programs::onTick);
        loop.onTick(nanos -> callbacks.onTick());
    }

    /** Whether this member leads the log of a cluster that has begun. */
    private boolean leads() {
        return protocols.epochs().isMember()
                && channel.log().leader().filter(self().id()::equals).isPresent();
    }

    /** The cluster goes on without this member. */
    private void out(Epoch epoch) {
        protocols.onDropped();
        if (closing.hasBegun()) {
            return; // It asked for that.
        }
        figures.onOut();
        departures.onOut().forEach(tasks::onParted);
        LOG.warn(
                "{}: the cluster goes on without this member since epoch {}; it comes back by itself{}",
                self().name(),
                epoch.number(),
                members.unheard(protocols.epochs().unheard()));
    }

    private void isBack(MemberId member) {
        tasks.onBack(member);
    }

    private void lost(Set<MemberId> those, Set<MemberId> backAtOnce) {
        those.forEach(clusters::forget);
        those.forEach(members.listeners()::forget);
        tasks.onGone(those, backAtOnce); // last: to be told of it twice would end more
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
        Node node = null;
        try {
            MessageCodec codec = WireTypes.codec();
            channel = GroupChannel.connect(config.channel(), loop, codec);
            streams = StandardStreams.install();
            node = new Node(config, loop, channel, streams);
            channel.open();
            return node;
        } catch (RuntimeException | Error e) {
            if (node != null) {
                node.close(false); // it has threads of its own
                throw e;
            }
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
        return founding.found(self().id(), present, config.voters(), atMost);
    }

    /** Prepares this process for its first task. */
    void rehearse() {
        Rehearsal.OF_PROCESS.hold(() -> Rehearsal.piece(new Bound(members)));
    }

    /** Ends when this node's cluster has begun. */
    CompletableFuture<Epoch> begun() {
        return founding.begun();
    }

    /** The founder of the cluster that this node belongs to; empty before that. */
    Optional<MemberId> founder() {
        return founding.founder();
    }

    /** Ends when no program of this node's cluster is left, with the reason. */
    CompletableFuture<String> programOver() {
        return programs.over();
    }

    /** The members that this node sees. */
    Members members() {
        return members;
    }

    /** The members present, in the order in which they came. */
    List<MemberInfo> infos() {
        return channel.membership().members();
    }

    /** How many more there are of whom nothing is known yet. */
    int strangers() {
        return channel.membership().strangers();
    }

    /** This node's own description. */
    MemberInfo self() {
        return channel.self();
    }

    /** What the members of this node's cluster say of themselves. Any thread. */
    CompletableFuture<ClusterReport> report() {
        return inquiry.ask();
    }

    /** What it tells of itself in numbers. */
    NodeFigures figures() {
        return figures;
    }

    /** The cluster's name, as its configuration has it. */
    String name() {
        return config.cluster();
    }

    /** The cluster as the application of {@code loader} sees it through this node. */
    NodeCluster cluster(ClassLoader loader) {
        return clusters.of(applications.of(loader));
    }

    boolean isClosed() {
        return closing.hasBegun();
    }

    /** The servers of the cluster are this node's own: it ends them when it closes, after its tasks have ended. */
    void owns(OwnServers own) {
        servers = own;
    }

    /** The servers that this node has started; null: none. */
    OwnServers servers() {
        return servers;
    }

    /** What tests do to this node. */
    Harm harm() {
        return new Harm(this, channel, loop);
    }

    /** Lets the {@code goaway} commands of this machine ask this node until it closes. */
    void opensDoor() {
        door = Door.open(this::report);
    }

    /** The process of the server of this name has ended, which this node knows for certain. Any thread. */
    void ended(String server) {
        if (members.named(server) instanceof NodeMember known) {
            endedProcesses.tell(known.info().id());
        }
    }

    /** For a process that exits: its tasks end with it, so nobody is told how they ended, only that this member left. */
    void leaveAtOnce() {
        tasks.abandon();
        close();
    }

    /** For a server whose owner ends it: like {@link #leaveAtOnce}, but the owner knows anyway. */
    void end() {
        tasks.abandon();
        close(false);
    }

    /**
     * Leaves the cluster and ends all threads of this node. Idempotent; blocks up to a few seconds. Who comes later waits for the
     * first, unless it is called by what that one does.
     */
    @Override
    public void close() {
        close(servers == null);
    }

    private void close(boolean leaves) {
        closing.run(() -> endAll(leaves));
    }

    private void endAll(boolean leaves) {
        if (door != null) {
            door.close();
        }
        figures.close();
        tasks.leaving(); // before the waits end: what their ends make tasks throw is not how those ended
        members.close();
        objects.close();
        tasks.close();
        if (leaves) {
            new Farewell(loop, channel, protocols, voterKeeper, tasks).say();
        }
        if (servers != null) {
            servers.end();
        }
        channel.close();
        loop.close();
        callbacks.shutdownNow();
        if (streams != null) {
            streams.close();
        }
        LOG.info("{}: closed", self().name());
    }
}
