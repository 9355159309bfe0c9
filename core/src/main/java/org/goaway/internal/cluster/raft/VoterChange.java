package org.goaway.internal.cluster.raft;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.Transport;

/**
 * Changes who votes, one voter at a time. New ones learn the log first and get their vote once they have it. Then those
 * to go that cannot be reached go before the new ones come, since no more than the living ones are needed for that, and
 * those that live go after, so that the group never counts on fewer. Runs on Raft's thread, at the leader.
 */
final class VoterChange {

    private static final Logger LOG = LogManager.getLogger(VoterChange.class);

    private static final long INVITE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** A learner that lacks no more than this many entries is taken to have caught up: it gets new ones as they come. */
    private static final long LAG = 1_000;

    private final VoterRaft raft;
    private final MemberId self;
    private final MemberId cluster;
    private final Transport transport;
    private final Supplier<? extends Collection<MemberId>> present;
    private List<MemberId> wanted = List.of();
    private CompletableFuture<Void> done;
    private CompletableFuture<byte[]> step = CompletableFuture.completedFuture(null);
    private long movedAt;
    private long invitedAt;

    VoterChange(
            VoterRaft raft,
            MemberId self,
            MemberId cluster,
            Transport transport,
            Supplier<? extends Collection<MemberId>> present) {
        this.raft = raft;
        this.self = self;
        this.cluster = cluster;
        this.transport = transport;
        this.present = present;
    }

    /** Begins to make these the voters; another change under way ends here. */
    void begin(List<MemberId> voters, CompletableFuture<Void> future) {
        if (voters.isEmpty()) {
            future.completeExceptionally(new ProtocolException(Outcome.NOT_DONE, "nobody would vote"));
            return;
        }
        end("another change of the voters came after it");
        wanted = List.copyOf(voters);
        done = future;
        // Two changes are never under way at once; how one of an earlier call ends is not this one's affair.
        step = step.exceptionally(failure -> null);
        movedAt = System.nanoTime();
        invitedAt = movedAt - INVITE_NANOS;
    }

    private void end(String reason) {
        if (done != null) {
            done.completeExceptionally(
                    new ProtocolException(Outcome.UNKNOWN, "the voters may have changed: " + reason));
            done = null;
            raft.replication().teach(List.of());
        }
    }

    void onTick(long now) {
        if (done == null) {
            return;
        }
        if (!raft.isLeader()) {
            end("this member leads no longer");
        } else if (now - movedAt >= PATIENCE_NANOS) {
            end("nothing moved for a minute; the voters are " + raft.voters() + ", wanted " + wanted);
        } else if (raft.hasBegun() && step.isDone()) {
            if (step.isCompletedExceptionally()) {
                end("a step failed: "
                        + step.handle((nothing, failure) -> failure).join());
            } else {
                proceed(now);
            }
        }
    }

    private void proceed(long now) {
        List<MemberId> voters = raft.voters();
        Set<MemberId> missing = new LinkedHashSet<>(wanted);
        voters.forEach(missing::remove);
        if (missing.isEmpty() && wanted.containsAll(voters)) {
            raft.replication().teach(List.of());
            done.complete(null);
            done = null;
            return;
        }
        raft.replication().teach(missing);
        if (now - invitedAt >= INVITE_NANOS) {
            invitedAt = now;
            transport.multicast(missing, new RaftMessage.Invite(cluster, voters));
        }
        boolean ready = missing.stream().allMatch(this::caughtUp);
        if (ready) {
            next(voters, wanted, present.get(), self).ifPresent(change -> change(change, now));
        }
    }

    private boolean caughtUp(MemberId learner) {
        long match = raft.replication().of(learner).match;
        return match > 0 && match + LAG >= raft.lastAppended();
    }

    /** The next change on the way from {@code voters} to {@code wanted}, whose new ones have caught up. */
    static Optional<MemoryLog.Change> next(
            Collection<MemberId> voters, Collection<MemberId> wanted, Collection<MemberId> present, MemberId leader) {
        List<MemberId> surplus =
                voters.stream().filter(voter -> !wanted.contains(voter)).toList();
        Optional<MemberId> lost =
                surplus.stream().filter(voter -> !present.contains(voter)).findFirst();
        if (lost.isPresent()) {
            return lost.map(voter -> new MemoryLog.Change(false, voter));
        }
        Optional<MemberId> coming =
                wanted.stream().filter(voter -> !voters.contains(voter)).findFirst();
        if (coming.isPresent()) {
            return coming.map(voter -> new MemoryLog.Change(true, voter));
        }
        // The leader last: with its vote it loses the lead.
        return surplus.stream()
                .filter(voter -> !voter.equals(leader))
                .findFirst()
                .or(() -> surplus.stream().findFirst())
                .map(voter -> new MemoryLog.Change(false, voter));
    }

    private void change(MemoryLog.Change change, long now) {
        movedAt = now;
        LOG.info("the voters change: {} {}", change.adds() ? "with" : "without", change.member());
        String voter = RaftIds.of(change.member());
        try {
            step = change.adds() ? raft.addServer(voter) : raft.removeServer(voter);
        } catch (Exception e) {
            end(e.toString());
        }
    }
}
