package org.goaway.internal.cluster.raft;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.goaway.internal.cluster.raft.RaftMessage.AskVote;
import org.goaway.internal.cluster.raft.RaftMessage.Follows;
import org.goaway.internal.cluster.raft.RaftMessage.Frame;
import org.goaway.internal.cluster.raft.RaftMessage.Leads;
import org.goaway.internal.cluster.raft.RaftMessage.LeadsNoMore;
import org.goaway.internal.cluster.raft.RaftMessage.SnapshotPart;
import org.goaway.internal.cluster.raft.RaftMessage.SnapshotTaken;
import org.goaway.internal.cluster.raft.RaftMessage.Vote;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.ReplicatedState;
import org.goaway.protocol.Transport;
import org.jgroups.raft.Options;

/** One voter or learner of a cluster's log. Its methods may be called by any thread and do not block, save the last two. */
public final class RaftNode implements AutoCloseable {

    private static final int MAX_IN_FLIGHT = 4_000;
    private static final String ENDED = "takes part in the log no longer";

    /**
     * What this node is made of.
     *
     * @param name its name, for threads and logs
     * @param self its identity
     * @param cluster what tells its cluster from others
     * @param voters who votes to begin with
     * @param maxLogBytes how much of the log is kept for followers that lag
     */
    public record Settings(String name, MemberId self, MemberId cluster, List<MemberId> voters, long maxLogBytes) {}

    /**
     * What this node needs.
     *
     * @param codec turns entries into bytes
     * @param present the members that can be reached, the longest-standing first
     * @param loop completes futures
     * @param idleLoop as {@code loop}, but in the calling thread if the loop is idle
     * @param changed told on Raft's thread that {@link #standing()} has changed; must not block
     * @param broken told on Raft's thread that this node says nothing any more, since its state may hold half an entry;
     *     must not block, and is told again if it throws
     */
    public record Ports(
            Transport transport,
            MessageBytes codec,
            Supplier<? extends Collection<MemberId>> present,
            Executor loop,
            Executor idleLoop,
            Runnable changed,
            Runnable broken) {}

    /** Who leads, and who is agreed to vote, as far as this node knows. */
    public record Standing(long term, Optional<MemberId> leader, List<MemberId> voters) {}

    private final Ports ports;
    private final String name;
    private final RaftEntries entries;
    private final VoterRaft raft;
    private final Election election;
    private final Snapshots snapshots;
    private final VoterChange change;
    private volatile Standing standing;

    public RaftNode(Settings settings, Ports ports, ReplicatedState state) {
        this.ports = ports;
        name = settings.name();
        MemberId self = settings.self();
        Transport transport = ports.transport();
        entries = new RaftEntries(self, state, ports.codec(), this::complete);
        raft = new VoterRaft(name, self, settings.voters(), entries, settings.maxLogBytes(), transport);
        snapshots = new Snapshots(
                name, transport, ports.codec(), (from, snapshot) -> raft.execute(() -> raft.install(from, snapshot)));
        raft.replication().connect(ports.present(), snapshots);
        election = new Election(raft, self, settings.cluster(), transport, ports.present());
        change = new VoterChange(raft, self, settings.cluster(), transport, ports.present());
        standing = new Standing(0, Optional.empty(), settings.voters());
        raft.onTick(this::onTick);
        raft.onBroken(this::onBroken);
    }

    /** Starts Raft's thread. */
    public void start() throws Exception {
        raft.init();
        raft.start();
    }

    private void onTick(long now) {
        election.onTick(now);
        if (!raft.isLeader()) {
            failAll("leads no longer");
        }
        Standing current = new Standing(
                raft.currentTerm(), Optional.ofNullable(raft.leader()).map(RaftIds::member), election.agreedVoters());
        if (!current.equals(standing)) {
            standing = current;
            ports.changed().run();
        }
        // After that, so that who hears of a change's end finds the new voters.
        change.onTick(now);
    }

    private void onBroken() {
        snapshots.close();
        standing = new Standing(standing.term(), Optional.empty(), standing.voters());
        failAll(ENDED);
        ports.changed().run();
        ports.broken().run();
    }

    /** Ends what nobody else has ended. */
    private void failAll(String reason) {
        if (entries.inFlight() == 0) {
            return;
        }
        Throwable why = new IllegalStateException("'" + name + "' " + reason);
        entries.failAll((number, future) -> ports.loop().execute(() -> fail(number, future, Outcome.UNKNOWN, why)));
    }

    /** What was known about 10 milliseconds ago at most. */
    public Standing standing() {
        return standing;
    }

    /** As {@link org.goaway.protocol.ReplicatedLog#append}. */
    public CompletableFuture<Message> append(Message entry) {
        if (!raft.isLeader() || raft.isBroken()) {
            return refused("'" + name + "' does not lead");
        }
        if (entries.inFlight() >= MAX_IN_FLIGHT) {
            return refused(MAX_IN_FLIGHT + " entries are in flight");
        }
        CompletableFuture<Message> future = new CompletableFuture<>();
        long number = entries.add(entry, future);
        try {
            byte[] bytes = entries.encode(number, entry);
            CompletableFuture<byte[]> appended = raft.setAsync(bytes, 0, bytes.length, Options.create(true));
            CompletableFuture<byte[]> unused = appended.whenComplete((nothing, failure) -> {
                if (failure != null) {
                    ports.loop().execute(() -> fail(number, future, Outcome.UNKNOWN, failure));
                }
            });
        } catch (RuntimeException e) {
            fail(number, future, Outcome.NOT_DONE, e);
        }
        if (raft.isBroken()) { // since it was asked above
            failAll(ENDED);
        }
        return future;
    }

    private void fail(long number, CompletableFuture<Message> future, Outcome outcome, Throwable cause) {
        if (entries.remove(number)) {
            future.completeExceptionally(new ProtocolException(outcome, "entry not appended: " + cause));
        }
    }

    private static CompletableFuture<Message> refused(String reason) {
        return CompletableFuture.failedFuture(new ProtocolException(Outcome.NOT_DONE, reason));
    }

    /** On Raft's thread, which need not wake the loop's where that is idle. */
    private void complete(CompletableFuture<Message> future, Message answer) {
        ports.idleLoop().execute(() -> future.complete(answer));
    }

    /** Makes these the voters; this node has to lead. */
    public CompletableFuture<Void> changeVoters(List<MemberId> wanted) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        CompletableFuture<Void> told = new CompletableFuture<>();
        CompletableFuture<Void> unused =
                future.whenComplete((nothing, failure) -> ports.loop().execute(() -> {
                    if (failure == null) {
                        told.complete(null);
                    } else {
                        told.completeExceptionally(failure);
                    }
                }));
        raft.execute(() -> change.begin(wanted, future));
        return told;
    }

    /** From now on this node does not lead, but votes and holds the log as before. */
    public void resign() {
        raft.execute(election::resign);
    }

    /** Hands over a message from another member. */
    public void onMessage(MemberId from, RaftMessage message) {
        if (raft.isBroken()) {
            return;
        }
        if (message instanceof Frame frame) {
            raft.receive(from, frame);
        } else if (message instanceof Leads leads) {
            raft.execute(() -> election.onLeads(from, leads));
        } else if (message instanceof Follows follows) {
            raft.execute(() -> election.onFollows(from, follows));
        } else if (message instanceof AskVote request) {
            raft.execute(() -> election.onAskVote(from, request));
        } else if (message instanceof Vote vote) {
            raft.execute(() -> election.onVote(from, vote));
        } else if (message instanceof LeadsNoMore news) {
            raft.execute(() -> election.onLeadsNoMore(news));
        } else if (message instanceof SnapshotPart part) {
            snapshots.onPart(from, part);
        } else if (message instanceof SnapshotTaken taken) {
            snapshots.onTaken(from, taken);
        }
    }

    /** Ends Raft's threads. */
    @Override
    public void close() {
        raft.stop();
        snapshots.close();
    }
}
