package org.goaway.internal.cluster.raft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.goaway.protocol.MemberId;
import org.jgroups.protocols.raft.AppendResult;

/**
 * The leader's side of Raft: who is how far, what is committed, who gets what again. A follower that lags, or does not
 * answer, costs the others nothing: it gets new entries only while little is unanswered, and what it missed in batches,
 * each sent when the one before has come. One writer: Raft's thread.
 */
final class Replication {

    private static final long BATCH_BYTES = 1 << 20;
    private static final long WINDOW_BYTES = 8 << 20;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long NANOS_A_BYTE = 500;
    private static final long TELL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final VoterRaft raft;
    private final MemoryLog memory;
    private final MemberId self;
    private final Map<MemberId, Progress> followers = new HashMap<>();
    private final Set<MemberId> learners = new LinkedHashSet<>();
    private Supplier<? extends Collection<MemberId>> present = List::of;
    private Snapshots snapshots;

    Replication(VoterRaft raft, MemoryLog memory, MemberId self) {
        this.raft = raft;
        this.memory = memory;
        this.self = self;
    }

    /** Set before the start. */
    void connect(Supplier<? extends Collection<MemberId>> presentMembers, Snapshots sender) {
        present = presentMembers;
        snapshots = sender;
    }

    /** This member leads from now on. */
    void begin(long now) {
        followers.clear();
        learners.clear();
        others().forEach(member -> followers.put(member, new Progress(now)));
    }

    /** This member leads no longer: no state is brought to an end that it has begun to send. */
    void end() {
        snapshots.stopSending();
    }

    /** These members get the log without voting. */
    void teach(Collection<MemberId> members) {
        learners.clear();
        learners.addAll(members);
    }

    private Set<MemberId> others() {
        Set<MemberId> others = new LinkedHashSet<>(raft.voters());
        others.addAll(learners);
        others.remove(self);
        others.retainAll(present.get());
        return others;
    }

    /** How far a member is. */
    Progress of(MemberId member) {
        return followers.computeIfAbsent(member, absent -> new Progress(System.nanoTime()));
    }

    /** Whom a new message to all of {@code bytes} bytes goes to. */
    List<MemberId> readyFor(int bytes) {
        List<MemberId> ready = new ArrayList<>();
        for (MemberId member : others()) {
            Progress progress = of(member);
            if (!progress.repairing && fits(progress, bytes)) {
                ready.add(member);
                onSent(member, bytes);
            }
        }
        return ready;
    }

    private static boolean fits(Progress progress, long bytes) {
        return progress.unanswered == 0 || progress.unanswered + bytes <= WINDOW_BYTES;
    }

    void onSent(MemberId member, int bytes) {
        Progress progress = followers.get(member);
        if (progress != null) {
            progress.unanswered += bytes;
            progress.movedAt = System.nanoTime();
        }
    }

    /** A member has answered, though not for entries: what it has not answered for in all that time is lost. */
    void onHeard(MemberId member, long now) {
        Progress progress = of(member);
        progress.heardAt = now;
        if (now - progress.movedAt >= patience(progress)) {
            progress.unanswered = 0;
        }
    }

    /** How long the answer to what was sent may take, also on a slow line. */
    private static long patience(Progress progress) {
        return RETRY_NANOS + progress.unanswered * NANOS_A_BYTE;
    }

    void onAnswer(MemberId from, AppendResult result) {
        long now = System.nanoTime();
        Progress progress = of(from);
        progress.heardAt = now;
        progress.unanswered = 0;
        progress.committed = Math.max(progress.committed, result.commitIndex());
        if (!result.success()) {
            onMissing(from, progress, Math.min(result.index(), raft.lastAppended()), now);
            return;
        }
        if (result.index() > progress.match) {
            progress.match = Math.min(result.index(), raft.lastAppended());
            progress.movedAt = now;
            snapshots.onMatch(from, progress.match);
            advance();
        }
        progress.next = progress.match + 1;
        if (progress.repairing && progress.match >= progress.repairedFrom) {
            repair(from, progress);
        }
    }

    private void onMissing(MemberId from, Progress progress, long agreedAtMost, long now) {
        boolean known = progress.repairing
                && agreedAtMost + 1 >= progress.repairedFrom
                && now - progress.movedAt < patience(progress);
        if (!known) {
            progress.next = Math.max(progress.match, agreedAtMost) + 1;
            resend(from, progress, progress.next);
        }
    }

    private void repair(MemberId member, Progress progress) {
        if (progress.match < raft.lastAppended()) {
            resend(member, progress, progress.next);
        } else {
            progress.repairing = false;
        }
    }

    private void resend(MemberId member, Progress progress, long from) {
        progress.movedAt = System.nanoTime();
        progress.repairedFrom = from;
        if (from <= memory.base()) {
            progress.repairing = true;
            snapshots.send(member, raft::capture);
        } else {
            progress.repairing = raft.resend(member, from, BATCH_BYTES) < raft.lastAppended();
        }
    }

    /** Commits what a majority of the voters has, if the last of it is of this term. */
    private void advance() {
        List<Long> matches = new ArrayList<>();
        for (MemberId voter : raft.voters()) {
            matches.add(voter.equals(self) ? raft.lastAppended() : of(voter).match);
        }
        matches.sort(null);
        long majority = matches.get((matches.size() - 1) / 2);
        if (majority > raft.commitIndex() && memory.termOf(majority) == raft.currentTerm()) {
            raft.commit(majority);
        }
    }

    void onTick(long now) {
        if (!raft.isLeader()) {
            return;
        }
        snapshots.onTick(now);
        advance();
        for (MemberId member : others()) {
            Progress progress = of(member);
            boolean lags = progress.match < raft.lastAppended();
            boolean idle = now - progress.movedAt >= (lags ? patience(progress) : TELL_NANOS);
            if (!idle || snapshots.isSending(member) || !fits(progress, BATCH_BYTES)) {
                continue;
            }
            if (lags || progress.committed < raft.commitIndex()) {
                resend(member, progress, progress.next == 0 ? raft.lastAppended() + 1 : progress.next);
            }
        }
    }

    /** Whether a majority of the voters, this member included, has answered since {@code when}. */
    boolean hasMajoritySince(long when) {
        long heard = raft.voters().stream()
                .filter(voter -> voter.equals(self) || of(voter).heardAt - when >= 0)
                .count();
        return heard >= raft.quorum();
    }

    /** The log may be cut off up to here. */
    long keepAfter(long committed) {
        return Math.min(committed, snapshots.oldest());
    }
}
