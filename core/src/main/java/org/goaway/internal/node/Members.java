package org.goaway.internal.node;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.goaway.ClusterClosedException;
import org.goaway.Member;
import org.goaway.MembershipEvent;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Membership;
import org.goaway.internal.task.TaskHost.Present;
import org.goaway.internal.task.TaskHost.TaskMember;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;

/**
 * Who is in the cluster, as the program and its tasks see it: the members of the epoch that this member has learned which are
 * in its view too. Changed on the event loop; read by any thread. Listeners run on the node's callback thread, in the order
 * of the changes.
 */
final class Members implements Membership.Listener {

    private final MemberInfo self;
    private final Supplier<List<MemberInfo>> seen;
    private final Supplier<Optional<MemberId>> leader;
    private final Executor callbacks;
    private final KnownMembers known;
    private final Set<Awaited> awaited = ConcurrentHashMap.newKeySet();
    private final MembershipListeners listeners = new MembershipListeners();
    /** What listeners know of each member; on the loop only. */
    private final Map<MemberId, MembershipEvent.Type> told = new HashMap<>();
    /** Null before the cluster has begun: all who are seen count then. */
    private volatile Epoch epoch;

    private volatile boolean closed;
    private volatile Shown shown = new Shown(List.of(), new Present(List.of(), List.of()));

    /**
     * Who is present, in the order in which they came, and the same as placement sees them, servers first: set at once, as a
     * task that is bound to a member which its program has just been shown must find it there.
     */
    private record Shown(List<MemberInfo> infos, Present forTasks) {}

    /**
     * Knows itself only until it is told of others: it is told of all who come, go and take other names, from before its node is open.
     *
     * @param seen the members in view, in the order in which they came
     * @param leader who leads the log
     */
    Members(MemberInfo self, Supplier<List<MemberInfo>> seen, Supplier<Optional<MemberId>> leader, Executor callbacks) {
        this.self = self;
        this.known = new KnownMembers(self.id());
        this.seen = seen;
        this.leader = leader;
        this.callbacks = callbacks;
        told.put(self.id(), MembershipEvent.Type.JOINED);
        show(List.of(self));
    }

    Member self() {
        return known.of(self.id(), self.name());
    }

    /** An epoch was learned; called on the loop. */
    void onEpoch(Epoch learned) {
        epoch = learned;
        changed();
        refresh();
    }

    /** The last epoch that was learned; empty before the cluster has begun. Any thread. */
    Optional<Epoch> epoch() {
        return Optional.ofNullable(epoch);
    }

    private boolean belongs(MemberId member) {
        Epoch known = epoch;
        return known == null ? isSeen(member) : known.members().contains(member);
    }

    private boolean isSeen(MemberId member) {
        return seen.get().stream().anyMatch(info -> info.id().equals(member));
    }

    /** The members that are in view, in the order in which they came. */
    List<MemberInfo> present() {
        return shown.infos;
    }

    /** The members present: the Raft leader first, the others in the order in which they came. */
    List<Member> all() {
        Optional<MemberId> first = leader.get();
        List<Member> all = new ArrayList<>();
        for (MemberInfo info : present()) {
            boolean leads = first.filter(info.id()::equals).isPresent();
            all.add(leads ? 0 : all.size(), known.of(info));
        }
        return List.copyOf(all);
    }

    /** The member of this id, also one that has left. */
    Member member(MemberId id) {
        return member(id, id.toString());
    }

    /** The member of this id, also one that has left; {@code name} is what it is called where it was never seen. */
    Member member(MemberId id, String name) {
        return known.of(id, name);
    }

    /** The member of this name, rather one that is present than one that has left; null: there was none. */
    Member named(String name) {
        return all().stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .or(() -> known.named(name))
                .orElse(null);
    }

    /** {@code text} with names in it for the ids of members, present or gone. */
    String withNames(String text) {
        return known.withNames(text);
    }

    /** What to add where it matters which members are not heard; empty if these are none. */
    String unheard(Set<MemberId> those) {
        return those.isEmpty()
                ? ""
                : those.stream()
                        .map(id -> member(id).name())
                        .sorted()
                        .collect(Collectors.joining(", ", " once it reaches ", ""));
    }

    /** The members as placement sees them, servers first; the same lists until something changes. */
    Present forTasks() {
        return shown.forTasks;
    }

    /**
     * Completed, on any thread, once so many members are present, or exceptionally when this node closes. Who waits no longer
     * cancels it.
     */
    CompletableFuture<Void> reached(int count) {
        Awaited one = new Awaited(count, new CompletableFuture<>());
        awaited.add(one);
        var unused = one.reached.whenComplete((reached, failure) -> awaited.remove(one));
        check(one);
        return one.reached;
    }

    /** So many members, and the future of who waits for them. */
    private record Awaited(int count, CompletableFuture<Void> reached) {}

    private void check(Awaited one) {
        if (closed) {
            one.reached.completeExceptionally(
                    new ClusterClosedException("the cluster was closed while " + one.count + " members were awaited"));
        } else if (present().size() >= one.count) {
            one.reached.complete(null);
        }
    }

    MembershipListeners listeners() {
        return listeners;
    }

    /** Ends all waits, and tells no listener any more. */
    void close() {
        closed = true;
        listeners.close(); // before the waits end: what listeners wait for ends by an exception
        awaited.forEach(this::check);
    }

    @Override
    public void joined(MemberInfo info) {
        known.of(info);
        changed();
        refresh();
    }

    @Override
    public void renamed(MemberInfo info) {
        known.renamed(info);
        changed();
    }

    @Override
    public void left(MemberInfo info) {
        changed();
        refresh();
    }

    /** Tells of everybody for whom something is otherwise than was told. */
    private void refresh() {
        Set<MemberId> concerned = new LinkedHashSet<>(told.keySet());
        seen.get().forEach(info -> concerned.add(info.id()));
        for (MemberId member : concerned) {
            MembershipEvent.Type last = told.get(member);
            MembershipEvent.Type now = status(member, last);
            if (now != last) {
                told.put(member, now);
                tell(now, member);
            }
        }
    }

    /** What is to be known of a member of which {@code last} was told; null: nothing yet. */
    private MembershipEvent.Type status(MemberId member, MembershipEvent.Type last) {
        if (!belongs(member)) {
            return last == null ? null : MembershipEvent.Type.LEFT;
        }
        boolean away = last == MembershipEvent.Type.SUSPECTED || last == MembershipEvent.Type.LEFT;
        if (isSeen(member)) {
            return last == null ? MembershipEvent.Type.JOINED : away ? MembershipEvent.Type.REUNITED : last;
        }
        return last == null || away ? last : MembershipEvent.Type.SUSPECTED;
    }

    private void changed() {
        show(seen.get().stream().filter(info -> belongs(info.id())).toList());
        awaited.forEach(this::check);
    }

    private void show(List<MemberInfo> infos) {
        List<TaskMember> forTasks = infos.stream()
                .sorted(Comparator.comparing(MemberInfo::spawner))
                .map(info -> new TaskMember(
                        info.id(), known.of(info), info.processors(), info.taskThreads(), info.runsTasks()))
                .toList();
        List<TaskMember> away = Stream.concat(shown.forTasks.members().stream(), shown.forTasks.away().stream())
                .filter(member -> epoch != null && belongs(member.id()))
                .filter(member -> infos.stream().noneMatch(info -> info.id().equals(member.id())))
                .toList();
        shown = new Shown(infos, new Present(forTasks, away));
    }

    private void tell(MembershipEvent.Type type, MemberId who) {
        if (closed) {
            return; // what a program would see while its own cluster is being closed is not what happens to others
        }
        MembershipEvent event = new MembershipEvent(type, member(who), all());
        try {
            callbacks.execute(() -> listeners.tell(event));
        } catch (RejectedExecutionException closing) {
            // Nobody is told any more, either.
        }
    }
}
