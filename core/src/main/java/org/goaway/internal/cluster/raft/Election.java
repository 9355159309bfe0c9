package org.goaway.internal.cluster.raft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.cluster.raft.RaftMessage.AskVote;
import org.goaway.internal.cluster.raft.RaftMessage.Follows;
import org.goaway.internal.cluster.raft.RaftMessage.Leads;
import org.goaway.internal.cluster.raft.RaftMessage.LeadsNoMore;
import org.goaway.internal.cluster.raft.RaftMessage.Vote;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;

/**
 * Raft's elections (the paper's 5.2 and 5.4.1, the thesis' 9.6): a voter that hears no leader asks whether a majority
 * would vote for it, and only then begins a new term, so one that was cut off or paused disturbs nobody when it is back.
 * A leader tells all members that it leads; it gives up when no majority answers. Runs on Raft's thread.
 */
final class Election {

    private static final Logger LOG = LogManager.getLogger(Election.class);

    private static final long TELL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long NO_MAJORITY_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private enum Phase {
        /** Hears a leader, or waits for its turn. */
        QUIET,
        /** Asks who would vote for it. */
        TRIAL,
        /** Asks for votes in a new term. */
        CANDIDATE
    }

    private final VoterRaft raft;
    private final Replication replication;
    private final MemberId self;
    private final MemberId cluster;
    private final Transport transport;
    private final Supplier<? extends Collection<MemberId>> present;
    private final Set<MemberId> votes = new HashSet<>();
    private Phase phase = Phase.QUIET;
    private MemberId votedFor;
    private long votedIn;
    private long asked;
    private long heardAt;
    private long dueAt;
    private long toldAt;
    private long ledSince;
    private boolean led;
    private boolean resigned;
    private List<MemberId> toldVoters = List.of();

    /** {@code present} gives the members that can be reached, in an order that is about the same everywhere. */
    Election(
            VoterRaft raft,
            MemberId self,
            MemberId cluster,
            Transport transport,
            Supplier<? extends Collection<MemberId>> present) {
        this.raft = raft;
        this.replication = raft.replication();
        this.self = self;
        this.cluster = cluster;
        this.transport = transport;
        this.present = present;
    }

    void onTick(long now) {
        if (raft.isLeader()) {
            lead(now);
            return;
        }
        if (led) {
            led = false;
            transport.multicast(raft.voters(), new LeadsNoMore(self));
        }
        if (resigned || !mayStand() || hearsLeader(now)) {
            phase = Phase.QUIET;
            dueAt = 0;
        } else if (phase == Phase.QUIET && dueAt == 0) {
            dueAt = now + rank() * ROUND_NANOS;
        } else if (now - dueAt >= 0) {
            ask(now, true);
        }
    }

    /** This member is about to go: it leads no longer and stands for no election, but gives its vote to others. */
    void resign() {
        resigned = true;
        if (raft.isLeader()) {
            raft.setLeaderAndTerm(null);
        }
    }

    /**
     * Who is to vote no longer by a change that is not committed may be the only one that has it, and with it what it was the
     * leader of before: others cannot win then (4.2.2 of the thesis). Its own vote does not count.
     */
    private boolean mayStand() {
        return raft.voters().contains(self) || raft.agreedVoters().contains(self);
    }

    /** How many voters that are present come before this one. */
    private long rank() {
        List<MemberId> candidates = new ArrayList<>(present.get());
        candidates.retainAll(raft.voters());
        if (raft.leader() != null) {
            candidates.remove(RaftIds.member(raft.leader()));
        }
        return Math.max(0, candidates.indexOf(self));
    }

    private boolean hearsLeader(long now) {
        return raft.leader() != null
                && now - heardAt < SILENCE_NANOS
                && present.get().contains(RaftIds.member(raft.leader()));
    }

    private void lead(long now) {
        phase = Phase.QUIET;
        dueAt = 0;
        led = true;
        if (now - ledSince >= NO_MAJORITY_NANOS && !replication.hasMajoritySince(now - NO_MAJORITY_NANOS)) {
            LOG.warn("{} leads no longer: no majority of the voters answers", raft.name());
            raft.setLeaderAndTerm(null);
        } else if (now - toldAt >= TELL_NANOS) {
            tell(now);
        }
    }

    /** Tells all that this member leads. */
    void tell(long now) {
        toldAt = now;
        transport.multicast(present.get(), new Leads(cluster, raft.currentTerm(), raft.agreedVoters()));
    }

    private void ask(long now, boolean trial) {
        phase = trial ? Phase.TRIAL : Phase.CANDIDATE;
        dueAt = now + ROUND_NANOS + ThreadLocalRandom.current().nextLong(ROUND_NANOS);
        votes.clear();
        asked = trial ? raft.currentTerm() + 1 : raft.createNewTerm();
        if (!trial) {
            votedFor = self;
            votedIn = asked;
        }
        transport.multicast(raft.voters(), new AskVote(cluster, asked, raft.lastTerm(), raft.lastAppended(), trial));
        count(self, now);
    }

    void onAskVote(MemberId from, AskVote request) {
        if (!request.cluster().equals(cluster)) {
            return;
        }
        boolean content = raft.isLeader() || hearsLeader(System.nanoTime());
        boolean knowsEnough = request.lastTerm() > raft.lastTerm()
                || (request.lastTerm() == raft.lastTerm() && request.lastIndex() >= raft.lastAppended());
        boolean granted = knowsEnough && !content;
        if (request.trial()) {
            granted &= request.term() > raft.currentTerm();
        } else if (!content) {
            raft.currentTerm(request.term());
            granted &= request.term() == raft.currentTerm() && (votedIn < request.term() || from.equals(votedFor));
            if (granted) {
                votedIn = request.term();
                votedFor = from;
            }
        }
        send(from, new Vote(request.term(), raft.currentTerm(), request.trial(), granted));
    }

    void onVote(MemberId from, Vote vote) {
        if (vote.known() > raft.currentTerm()) {
            raft.currentTerm(vote.known());
            phase = Phase.QUIET;
        }
        if (vote.granted() && vote.term() == asked && phase == (vote.trial() ? Phase.TRIAL : Phase.CANDIDATE)) {
            count(from, System.nanoTime());
        }
    }

    private void count(MemberId voter, long now) {
        if (raft.voters().contains(voter)) {
            votes.add(voter);
        }
        if (votes.size() < raft.quorum()) {
            return;
        }
        if (phase == Phase.TRIAL) {
            ask(now, false);
        } else if (phase == Phase.CANDIDATE && asked == raft.currentTerm()) {
            phase = Phase.QUIET;
            ledSince = now;
            raft.setLeaderAndTerm(raft.addr(), asked);
            tell(now);
        }
    }

    void onLeads(MemberId from, Leads leads) {
        if (!leads.cluster().equals(cluster)) {
            return;
        }
        if (leads.term() >= raft.currentTerm() && !(raft.isLeader() && leads.term() == raft.currentTerm())) {
            raft.setLeaderAndTerm(RaftIds.address(from), leads.term());
            heardAt = System.nanoTime();
            toldVoters = leads.voters();
        }
        send(from, new Follows(raft.currentTerm(), raft.lastAppended(), raft.commitIndex()));
    }

    void onFollows(MemberId from, Follows follows) {
        if (follows.term() > raft.currentTerm()) {
            raft.currentTerm(follows.term());
        } else if (raft.isLeader()) {
            replication.onHeard(from, System.nanoTime());
        }
    }

    void onLeadsNoMore(LeadsNoMore news) {
        if (raft.leader() != null && news.member().equals(RaftIds.member(raft.leader()))) {
            heardAt = System.nanoTime() - SILENCE_NANOS;
        }
    }

    /** Who votes, agreed on for certain: as the leader says, since a member that has lost its vote gets the log no more. */
    List<MemberId> agreedVoters() {
        return raft.isLeader() || toldVoters.isEmpty() ? raft.agreedVoters() : toldVoters;
    }

    private void send(MemberId to, Message message) {
        transport.send(to, message);
    }
}
