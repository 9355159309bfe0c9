package org.goaway.internal.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.protocol.MemberId;

/**
 * Keeps enough voters, at the member that leads: replaces one that has ended at once, and one that has been gone for {@value
 * #GONE_SECONDS} seconds; lets a server take a spawner's vote, and adds voters up to the number configured. Runs on the loop.
 */
final class VoterKeeper {

    private static final Logger LOG = LogManager.getLogger(VoterKeeper.class);

    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Time for one that was cut off or paused to come back: bringing up another one costs a copy of the state. */
    private static final int GONE_SECONDS = 10;

    /** The log gives up a change after a minute without a step; one without an end by now may not have come there. */
    private static final long CHANGE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private record Seen(MemberInfo info, long at) {}

    private final BooleanSupplier leads;
    private final Supplier<List<MemberId>> voters;
    private final Supplier<List<MemberInfo>> members;
    private final Function<List<MemberId>, CompletableFuture<Void>> change;
    private final IntSupplier wanted;
    private final Map<MemberId, Seen> seen = new HashMap<>();
    private final Set<MemberId> ended = new HashSet<>();
    private CompletableFuture<Void> changing = CompletableFuture.completedFuture(null);
    /** What the last change was to make the voters. */
    private List<MemberId> coming = List.of();

    private long changedAt;
    private long checked;

    /**
     * @param leads whether this member leads
     * @param voters who votes
     * @param members the cluster's members that are present
     * @param change makes others the voters
     * @param wanted how many voters there should be
     */
    VoterKeeper(
            BooleanSupplier leads,
            Supplier<List<MemberId>> voters,
            Supplier<List<MemberInfo>> members,
            Function<List<MemberId>, CompletableFuture<Void>> change,
            IntSupplier wanted) {
        this.leads = leads;
        this.voters = voters;
        this.members = members;
        this.change = change;
        this.wanted = wanted;
    }

    /** The member has ended, or is about to, and will not be back. */
    void onEnded(MemberId member) {
        ended.add(member);
        checked -= CHECK_NANOS;
    }

    /**
     * Whether a voter that is about to go had better wait: another member is to vote in its place, or its vote is needed
     * until one does in the place of another that goes.
     */
    boolean isNeeded(MemberId voter) {
        List<MemberId> now = voters.get();
        if (!now.contains(voter) || now.size() == 1) {
            // Who votes alone takes the log with it.
            return false;
        }
        List<MemberInfo> others = members.get().stream()
                .filter(member -> !ended.contains(member.id()) && !member.id().equals(voter))
                .toList();
        List<MemberId> next = Voters.replace(now, others, wanted.getAsInt());
        long stay = others.stream().map(MemberInfo::id).filter(now::contains).count();
        boolean majorityStays = stay > now.size() / 2;
        return !next.contains(voter) || (!majorityStays && !next.equals(now));
    }

    void onTick(long nanos) {
        if (nanos - checked < CHECK_NANOS) {
            return;
        }
        checked = nanos;
        List<MemberId> now = voters.get();
        List<MemberInfo> visible = members.get();
        ended.removeIf(member -> !now.contains(member)
                && visible.stream().noneMatch(other -> other.id().equals(member)));
        List<MemberInfo> present =
                visible.stream().filter(member -> !ended.contains(member.id())).toList();
        seen.keySet().removeAll(ended);
        present.forEach(member -> seen.put(member.id(), new Seen(member, nanos)));
        seen.values().removeIf(member -> nanos - member.at() >= TimeUnit.SECONDS.toNanos(GONE_SECONDS));
        boolean stuck = nanos - changedAt >= CHANGE_NANOS || waitsForLost(now);
        if (leads.getAsBoolean() && (changing.isDone() || stuck)) {
            keep(now, present, nanos);
        }
    }

    /** Whether one that is to vote would have to learn the log first and is lost. */
    private boolean waitsForLost(List<MemberId> now) {
        return coming.stream().anyMatch(member -> !now.contains(member) && !seen.containsKey(member));
    }

    private void keep(List<MemberId> now, List<MemberInfo> present, long nanos) {
        List<MemberInfo> counted = new ArrayList<>(present);
        now.stream()
                .map(seen::get)
                .filter(voter -> voter != null && !present.contains(voter.info()))
                .forEach(voter -> counted.add(voter.info()));
        List<MemberId> next = Voters.replace(now, counted, wanted.getAsInt());
        if (!next.equals(now)) {
            LOG.info("voters are to be {} instead of {}", next, now);
            coming = next;
            changedAt = nanos;
            changing = change.apply(next).whenComplete((nothing, failure) -> {
                if (failure != null && (!leads.getAsBoolean() || !coming.equals(next))) {
                    LOG.info("the voters have not become {}; the next change sees to it", next);
                } else if (failure != null) {
                    LOG.warn("the voters have not become {}; it will be tried again", next, failure);
                } else {
                    // Another one that is about to go may wait for its turn.
                    checked -= CHECK_NANOS;
                }
            });
        }
    }
}
