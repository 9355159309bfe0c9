package org.goaway.internal.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.cluster.raft.RaftMessage;
import org.goaway.internal.cluster.raft.RaftNode;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.ReplicatedState;

/**
 * The {@link ReplicatedLog}: a Raft group of the cluster's voters. Members that do not vote learn from the leader who
 * leads and who votes, and become voters when it invites them. A voter's identity is that of its process, so one that
 * starts again is never taken for the one that forgot.
 *
 * <p>{@link #append} and the listeners run on the loop; {@link #start}, {@link #join} and {@link #close} must not.
 */
public final class RaftLog implements ReplicatedLog, AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(RaftLog.class);

    /** How much of the log is kept, in memory beside the state, for voters that lag; more than this costs a copy of the state. */
    private static final long MAX_LOG_BYTES = 64 << 20;

    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final MemberInfo self;
    private final Membership membership;
    private final PackedTransport transport;
    private final EventLoop loop;
    private final Marshaller marshaller;
    private final Runnable broken;
    private final List<Consumer<Optional<MemberId>>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<List<MemberId>>> voterListeners = new CopyOnWriteArrayList<>();

    private volatile Optional<MemberId> cluster = Optional.empty();
    private volatile Optional<MemberId> inSight = Optional.empty();
    private volatile List<MemberId> voters = List.of();
    private volatile Optional<MemberId> leader = Optional.empty();
    private volatile RaftNode raft;
    private volatile ReplicatedState state;
    private volatile boolean closed;
    private long term;
    private long toldAt;

    /** {@code broken} is told, on Raft's thread, that this member must leave: its state may hold half an entry. */
    RaftLog(
            MemberInfo self,
            Membership membership,
            PackedTransport transport,
            EventLoop loop,
            Marshaller marshaller,
            Runnable broken) {
        this.broken = broken;
        this.self = self;
        this.membership = membership;
        this.transport = transport;
        this.loop = loop;
        this.marshaller = marshaller;
        // What Raft does with these is to put them into the queue of its own thread.
        Executor elsewhere = Runnable::run;
        for (Class<? extends RaftMessage> type : List.of(
                RaftMessage.Frame.class,
                RaftMessage.LeadsNoMore.class,
                RaftMessage.Follows.class,
                RaftMessage.AskVote.class,
                RaftMessage.Vote.class,
                RaftMessage.SnapshotPart.class,
                RaftMessage.SnapshotTaken.class)) {
            transport.route(type, this::hand, elsewhere);
        }
        transport.route(RaftMessage.Leads.class, this::onLeads);
        transport.route(RaftMessage.Invite.class, this::onInvite);
        membership.listen(new Membership.Listener() {
            @Override
            public void left(MemberInfo member) {
                if (raft == null && leader.filter(member.id()::equals).isPresent()) {
                    become(term, Optional.empty(), voters);
                }
            }
        });
        loop.onTick(this::onTick);
    }

    /**
     * Takes part in a cluster that is being founded; does not wait for a leader. Every founding member calls it once with
     * the same voters.
     *
     * @param state what entries are applied to while this member votes
     */
    public synchronized void start(List<MemberId> founders, ReplicatedState state) {
        this.state = state;
        voters = List.copyOf(founders);
        cluster = Optional.of(founders.get(0));
        if (founders.contains(self.id())) {
            startRaft(founders);
        }
    }

    /**
     * Takes part in a cluster that runs already, without a vote until its leader invites this member.
     *
     * @param id the cluster's {@link #cluster()}
     */
    public synchronized void join(MemberId id, ReplicatedState state) {
        this.state = state;
        cluster = Optional.of(id);
    }

    /** The cluster that this member takes part in: the first of the voters with which it was founded. */
    public Optional<MemberId> cluster() {
        return cluster;
    }

    /** The cluster whose leader was last heard here, this member's own or another. */
    public Optional<MemberId> clusterInSight() {
        return inSight;
    }

    /** Who votes, as far as this member knows; a change counts once it is committed. */
    public List<MemberId> voters() {
        return voters;
    }

    /**
     * Makes {@code wanted} the voters, one change after the other; this member has to lead. New ones are brought up first,
     * so they have to be present. The future ends on the loop; it fails if this member leads no longer, if a later call
     * wants other voters, or if nothing moves for a minute: whoever leads then has to ask again.
     */
    public CompletableFuture<Void> changeVoters(List<MemberId> wanted) {
        RaftNode leading = raft;
        return leading == null
                ? CompletableFuture.failedFuture(
                        new ProtocolException(Outcome.NOT_DONE, "'" + self.name() + "' does not lead"))
                : leading.changeVoters(wanted);
    }

    /**
     * The process of {@code member} has ended, for certain: tells the voters, who otherwise find out by themselves, later.
     * Any thread of any member.
     */
    public void onEnded(MemberId member) {
        RaftMessage.LeadsNoMore news = new RaftMessage.LeadsNoMore(member);
        transport.multicast(voters, news);
        hand(self.id(), news);
    }

    /** This member is about to go: another one is to lead, and it gives its vote for that. Any thread. */
    public void resign() {
        RaftNode resigning = raft;
        if (resigning != null) {
            resigning.resign();
        }
    }

    private void startRaft(List<MemberId> firstVoters) {
        if (closed || raft != null) {
            return;
        }
        RaftNode made = new RaftNode(
                new RaftNode.Settings(self.name(), self.id(), cluster.orElseThrow(), firstVoters, MAX_LOG_BYTES),
                new RaftNode.Ports(
                        transport,
                        marshaller,
                        this::present,
                        loop,
                        loop::executeOnOwn,
                        () -> loop.execute(this::look),
                        broken),
                state);
        try {
            made.start();
        } catch (Exception e) {
            throw new ChannelException("the replicated log of '" + self.name() + "' did not start", e);
        }
        raft = made;
        loop.execute(this::look); // a single voter leads at once, maybe before this knew whom to ask
    }

    private Collection<MemberId> present() {
        return membership.members().stream().map(MemberInfo::id).toList();
    }

    /** Tells {@code listener}, on the loop, whenever another member leads, or none is known to, or in a new term. */
    public void onLeader(Consumer<Optional<MemberId>> listener) {
        listeners.add(listener);
    }

    /** Tells {@code listener}, on the loop, whenever others vote than before. */
    public void onVoters(Consumer<List<MemberId>> listener) {
        voterListeners.add(listener);
    }

    @Override
    public Optional<MemberId> leader() {
        return leader;
    }

    /** The term in which {@link #leader()} leads; on the loop. */
    public long term() {
        return term;
    }

    @Override
    public CompletableFuture<Message> append(Message entry) {
        RaftNode appending = raft;
        return appending == null
                ? CompletableFuture.failedFuture(
                        new ProtocolException(Outcome.NOT_DONE, "'" + self.name() + "' does not lead"))
                : appending.append(entry);
    }

    private void hand(MemberId from, RaftMessage message) {
        RaftNode receiver = raft;
        if (receiver != null) {
            receiver.onMessage(from, message);
        }
    }

    private void onLeads(MemberId from, RaftMessage.Leads leads) {
        inSight = Optional.of(leads.cluster());
        if (!cluster.equals(inSight)) {
            return;
        }
        toldAt = loop.nanos();
        if (raft != null) {
            hand(from, leads);
        } else if (leads.term() >= term) {
            become(leads.term(), Optional.of(from), leads.voters());
        }
    }

    private synchronized void onInvite(MemberId from, RaftMessage.Invite invite) {
        if (cluster.filter(invite.cluster()::equals).isPresent() && raft == null && state != null) {
            LOG.info("{}: learns the log, to vote; invited by {}", self.name(), named(Optional.of(from)));
            startRaft(invite.voters());
        }
    }

    private void onTick(long nanos) {
        if (raft == null && leader.isPresent() && nanos - toldAt >= SILENCE_NANOS) {
            become(term, Optional.empty(), voters);
        }
    }

    /** Takes over what Raft has found out. */
    private void look() {
        RaftNode asked = raft;
        if (asked != null) {
            RaftNode.Standing standing = asked.standing();
            become(standing.term(), standing.leader(), standing.voters());
        }
    }

    private void become(long nowTerm, Optional<MemberId> nowLeader, List<MemberId> nowVoters) {
        if (!nowVoters.equals(voters)) {
            LOG.info("{}: voters {}; before: {}", self.name(), named(nowVoters), named(voters));
            voters = nowVoters;
            voterListeners.forEach(listener -> listener.accept(nowVoters));
        }
        boolean same = nowLeader.equals(leader) && (nowTerm == term || nowLeader.isEmpty());
        term = nowTerm;
        if (!same) {
            LOG.info("{}: {} leads in term {}; before: {}", self.name(), named(nowLeader), nowTerm, named(leader));
            leader = nowLeader;
            listeners.forEach(listener -> listener.accept(nowLeader));
        }
    }

    private List<String> named(List<MemberId> members) {
        return members.stream().map(member -> named(Optional.of(member))).toList();
    }

    private String named(Optional<MemberId> member) {
        return member.map(id -> membership.member(id).map(MemberInfo::name).orElse(id.toString()))
                .orElse("nobody");
    }

    /** Ends this member's part. Idempotent. */
    @Override
    public void close() {
        RaftNode ended;
        synchronized (this) {
            closed = true;
            ended = raft;
            raft = null;
        }
        if (ended != null) {
            ended.close(); // may wait for Raft's thread, and the loop is not to wait for the monitor meanwhile
        }
    }
}
