package org.goaway.internal.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.ReplicatedState;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.fork.ForkChannel;
import org.jgroups.protocols.raft.ELECTION;
import org.jgroups.protocols.raft.InMemoryLog;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.raft.Options;

/**
 * The {@link ReplicatedLog}: a jgroups-raft group of the voters in a fork of the channel. Members that do not vote learn
 * from the leader who leads. A voter's identity is that of its process, so one that starts again is never taken for the
 * one that forgot. Its {@code get} is never called (it commits what no majority has).
 *
 * <p>{@link #append} and the listeners run on the loop; {@link #start} and {@link #close} must not.
 */
public final class RaftLog implements ReplicatedLog, AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(RaftLog.class);

    /** jgroups-raft's queue holds 9182 requests and must never be full. */
    static final int MAX_IN_FLIGHT = 4_000;

    private static final int MAX_LOG_BYTES = 128 << 20;
    private static final int RESEND_MILLIS = 10;
    private static final int VOTE_MILLIS = 200;
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /**
     * A voter has started its Raft.
     *
     * @param asks whether the addressee shall say so too if it has
     */
    public record Started(boolean asks) implements Message {}

    /** The sender leads in this term. */
    public record Leads(long term) implements Message {}

    private final JChannel channel;
    private final MemberInfo self;
    private final Membership membership;
    private final PackedTransport transport;
    private final EventLoop loop;
    private final Marshaller marshaller;
    private final List<Consumer<Optional<MemberId>>> listeners = new CopyOnWriteArrayList<>();
    private final VotersOnly view = new VotersOnly();
    private final InMemoryLog memory = new InMemoryLog();

    private volatile List<MemberId> voters = List.of();
    private volatile RAFT raft;
    private volatile RaftEntries entries;
    private volatile Optional<MemberId> leader = Optional.empty();
    private volatile boolean closed;
    private ForkChannel fork;
    private long term;
    private long asked;
    private long began;

    RaftLog(
            JChannel channel,
            MemberInfo self,
            Membership membership,
            PackedTransport transport,
            EventLoop loop,
            Marshaller marshaller) {
        this.channel = channel;
        this.self = self;
        this.membership = membership;
        this.transport = transport;
        this.loop = loop;
        this.marshaller = marshaller;
        transport.route(Started.class, this::onStarted);
        transport.route(Leads.class, this::onLeads);
        membership.listen(new Membership.Listener() {
            @Override
            public void joined(MemberInfo member) {
                if (leads()) {
                    transport.send(member.id(), new Leads(term));
                }
            }

            @Override
            public void left(MemberInfo member) {
                if (raft == null && leader.filter(member.id()::equals).isPresent()) {
                    become(Optional.empty());
                }
            }
        });
        loop.onTick(this::onTick);
    }

    /**
     * Starts this member's part; does not wait for a leader. Every member calls it once with the same voters; one that
     * does not vote needs no state.
     */
    public synchronized void start(List<MemberId> voters, ReplicatedState state) {
        this.voters = List.copyOf(voters);
        if (closed || !voters.contains(self.id())) {
            return;
        }
        entries = new RaftEntries(self.id(), state, marshaller, this::complete);
        RAFT made = raft(raftId(self.id()));
        try {
            memory.init(made.logPrefix(), Map.of());
            ELECTION election = new ELECTION();
            election.voteTimeout(VOTE_MILLIS);
            fork = new ForkChannel(channel, "raft", "raft", view, election, made, new VotersOnly.Lid());
            fork.connect("raft");
        } catch (Exception e) {
            throw new ChannelException("the replicated log of '" + self.name() + "' did not start", e);
        }
        view.start(self.id());
        view.open(channel.getView(), voters);
        loop.execute(() -> {
            if (closed) {
                return;
            }
            raft = made;
            began = loop.nanos();
            tell(voters);
            look();
        });
    }

    private RAFT raft(String id) {
        return new RAFT()
                .raftId(id)
                .members(voters.stream().map(RaftLog::raftId).toList())
                .maxLogCacheSize(0)
                .log(memory)
                .logPrefix(id)
                .resendInterval(RESEND_MILLIS)
                .maxLogSize(MAX_LOG_BYTES)
                .stateMachine(entries)
                .addRoleListener(role -> loop.execute(this::look));
    }

    /** Tells {@code listener}, on the loop, whenever another member leads or none is known to. */
    public void onLeader(Consumer<Optional<MemberId>> listener) {
        listeners.add(listener);
    }

    @Override
    public Optional<MemberId> leader() {
        return leader;
    }

    @Override
    public CompletableFuture<Message> append(Message entry) {
        RAFT appending = raft;
        if (appending == null || !appending.isLeader()) {
            return refused("'" + self.name() + "' does not lead");
        }
        if (entries.inFlight() >= MAX_IN_FLIGHT) {
            return refused(MAX_IN_FLIGHT + " entries are in flight");
        }
        CompletableFuture<Message> future = new CompletableFuture<>();
        long number = entries.add(entry, future);
        try {
            byte[] bytes = entries.encode(number, entry);
            CompletableFuture<byte[]> appended = appending.setAsync(bytes, 0, bytes.length, Options.create(true));
            CompletableFuture<byte[]> unused = appended.whenComplete((nothing, failure) -> {
                if (failure != null) {
                    loop.execute(() -> fail(number, future, Outcome.UNKNOWN, failure));
                }
            });
        } catch (RuntimeException e) {
            fail(number, future, Outcome.NOT_DONE, e);
        }
        return future;
    }

    /** On Raft's thread. When it has nothing else to bring to the loop, it need not wake the loop's thread for this. */
    private void complete(CompletableFuture<Message> future, Message answer) {
        Executor way = entries.inFlight() == 0 ? loop::executeHere : loop;
        way.execute(() -> future.complete(answer));
    }

    private void fail(long number, CompletableFuture<Message> future, Outcome outcome, Throwable cause) {
        if (entries.remove(number)) {
            future.completeExceptionally(new ProtocolException(outcome, "entry not appended: " + cause));
        }
    }

    private static CompletableFuture<Message> refused(String reason) {
        return CompletableFuture.failedFuture(new ProtocolException(Outcome.NOT_DONE, reason));
    }

    private static String raftId(MemberId member) {
        return Stacks.raftId(member.high(), member.low());
    }

    private boolean leads() {
        return raft != null && leader.filter(self.id()::equals).isPresent();
    }

    private void onTick(long nanos) {
        if (raft != null) {
            look();
            if (nanos - began >= SETTLE_NANOS) {
                view.settle();
            }
            if (nanos - asked >= ASK_NANOS) {
                tell(voters.stream().filter(voter -> !view.hasStarted(voter)).toList());
            }
        }
    }

    /** Tells voters that this one has started, and asks whether they have. */
    private void tell(List<MemberId> whom) {
        asked = loop.nanos();
        transport.multicast(whom, new Started(true));
    }

    private void onStarted(MemberId from, Started started) {
        view.start(from);
        if (started.asks() && raft != null) {
            transport.send(from, new Started(false));
        }
    }

    private void onLeads(MemberId from, Leads leads) {
        if (raft == null && leads.term() >= term) {
            term = leads.term();
            become(Optional.of(from));
        }
    }

    /** Asks jgroups-raft who leads. */
    private void look() {
        RAFT asked = raft;
        if (asked == null) {
            return;
        }
        Address address = asked.leader();
        Optional<MemberId> now = Optional.ofNullable(address).map(Dispatcher::memberOf);
        long nowTerm = asked.currentTerm();
        boolean news = !now.equals(leader) || nowTerm != term;
        term = nowTerm;
        if (news && now.filter(self.id()::equals).isPresent()) {
            transport.multicast(
                    membership.members().stream().map(MemberInfo::id).toList(), new Leads(term));
        }
        if (!now.equals(leader)) {
            become(now);
        }
    }

    private void become(Optional<MemberId> now) {
        LOG.info("{}: {} leads in term {}; before: {}", self.name(), named(now), term, named(leader));
        leader = now;
        listeners.forEach(listener -> listener.accept(now));
    }

    private String named(Optional<MemberId> member) {
        return member.map(id -> membership.member(id).map(MemberInfo::name).orElse(id.toString()))
                .orElse("nobody");
    }

    /** Ends this member's part. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        raft = null;
        if (fork == null) {
            return;
        }
        fork.close();
        fork = null;
        memory.delete();
    }
}
