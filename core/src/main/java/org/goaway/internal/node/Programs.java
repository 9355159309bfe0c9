package org.goaway.internal.node;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Membership;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * Tells a server that was started by hand when nobody is left whom it serves: the programs of its cluster have said that they
 * end, or are lost for so long that they will not be back. On the event loop only.
 */
final class Programs implements Membership.Listener {

    /** A program says that it ends, to all members: they need not wait whether it comes back. */
    record Ends() implements Message {}

    /** How long a program that was lost may take to come back, if no other one comes meanwhile. */
    static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** How long a server that is cut off from its cluster waits to be reunited with it. */
    static final long CUT_OFF_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Supplier<List<MemberInfo>> seen;
    private final IntSupplier strangers;
    private final Supplier<Optional<MemberId>> founder;
    private final BooleanSupplier invited;
    private final Lease lease;
    private final CompletableFuture<String> over = new CompletableFuture<>();
    private final Set<MemberId> programs = new HashSet<>();
    /** The programs that were members of the cluster, at any time. */
    private final Set<MemberId> served = new HashSet<>();

    private final Set<MemberId> ended = new HashSet<>();
    private Epoch epoch;
    private long aliveAt;

    /**
     * @param seen the members in view, but for {@code strangers} of whom nothing is known yet
     * @param founder without whom the cluster does not begin; empty: it began without this member, or nobody founds it
     * @param invited whether the cluster began without this member, and is to take it in
     */
    Programs(
            Supplier<List<MemberInfo>> seen,
            IntSupplier strangers,
            Supplier<Optional<MemberId>> founder,
            BooleanSupplier invited,
            Lease lease) {
        this.seen = seen;
        this.strangers = strangers;
        this.founder = founder;
        this.invited = invited;
        this.lease = lease;
    }

    /** Ends when there is nobody left to serve, with the reason. */
    CompletableFuture<String> over() {
        return over;
    }

    void onEpoch(Epoch learned) {
        epoch = learned;
    }

    void onEnds(MemberId program) {
        ended.add(program);
    }

    @Override
    public void joined(MemberInfo member) {
        if (member.spawner()) {
            programs.add(member.id());
        }
    }

    @Override
    public void left(MemberInfo member) {
        if (epoch == null && founder.get().filter(member.id()::equals).isPresent()) {
            over.complete(member + " left before the cluster had begun");
        }
    }

    void onTick(long nanos) {
        if (over.isDone()) {
            return;
        }
        if (epoch == null) {
            awaitEntry(nanos);
            return;
        }
        List<MemberId> known =
                epoch.members().stream().filter(programs::contains).toList();
        served.addAll(known);
        boolean someAlive = known.stream().anyMatch(program -> !ended.contains(program));
        boolean cutOff = someAlive && !lease.isHeld() && known.stream().noneMatch(this::isSeen);
        if (served.isEmpty() || (someAlive && !cutOff)) {
            aliveAt = nanos;
        } else if (cutOff) {
            endIf(nanos - aliveAt >= CUT_OFF_NANOS, "the cluster was lost");
        } else {
            endIf(ended.containsAll(served), "the program has ended");
            endIf(nanos - aliveAt >= LOST_NANOS || hasNewcomer(), "the program was lost");
        }
    }

    /** The cluster that runs may end, or not come to take this member in. */
    private void awaitEntry(long nanos) {
        if (!invited.getAsBoolean()) {
            aliveAt = nanos;
            return;
        }
        boolean mayBeSome = strangers.getAsInt() > 0 || seen.get().stream().anyMatch(MemberInfo::spawner);
        endIf(!mayBeSome, "the program has ended before its cluster took this member in");
        endIf(nanos - aliveAt >= CUT_OFF_NANOS, "the cluster has not taken this member in");
    }

    private void endIf(boolean now, String reason) {
        if (now) {
            over.complete(reason);
        }
    }

    private boolean isSeen(MemberId member) {
        return seen.get().stream().anyMatch(info -> info.id().equals(member));
    }

    private boolean hasNewcomer() {
        return seen.get().stream()
                .anyMatch(member -> member.spawner() && !epoch.members().contains(member.id()));
    }
}
