package org.goaway.internal.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.goaway.ClusterClosedException;
import org.goaway.Member;
import org.goaway.MembershipEvent;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Membership;
import org.goaway.internal.cluster.RaftLog;
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
    private final Membership membership;
    private final RaftLog log;
    private final Executor callbacks;
    private final Map<MemberId, Member> known = new ConcurrentHashMap<>();
    private final MembershipListeners listeners = new MembershipListeners();
    /** What listeners know of each member; on the loop only. */
    private final Map<MemberId, MembershipEvent.Type> told = new HashMap<>();
    /** Null before the cluster has begun: all who are seen count then. */
    private volatile Epoch epoch;

    private volatile boolean closed;
    private volatile List<TaskMember> forTasks = List.of();

    Members(MemberInfo self, Membership membership, RaftLog log, Executor callbacks) {
        this.self = self;
        this.membership = membership;
        this.log = log;
        this.callbacks = callbacks;
        told.put(self.id(), MembershipEvent.Type.JOINED);
        membership.listen(this);
        changed();
    }

    Member self() {
        return member(self);
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
        return known == null
                ? membership.member(member).isPresent()
                : known.members().contains(member);
    }

    /** The members that are in view, in the order in which they came. */
    List<MemberInfo> present() {
        return membership.members().stream().filter(info -> belongs(info.id())).toList();
    }

    /** The members present: the Raft leader first, the others in the order in which they came. */
    List<Member> all() {
        Optional<MemberId> leader = log.leader();
        List<Member> all = new ArrayList<>();
        for (MemberInfo info : present()) {
            boolean leads = leader.filter(info.id()::equals).isPresent();
            all.add(leads ? 0 : all.size(), member(info));
        }
        return List.copyOf(all);
    }

    /** The member of this id, also one that has left. */
    Member member(MemberId id) {
        Member member = known.get(id);
        return member != null ? member : member(MemberInfo.unseen(id));
    }

    /** The member of this name, rather one that is present than one that has left; null: there was none. */
    Member named(String name) {
        return Stream.concat(all().stream(), known.values().stream())
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** {@code text} with names in it for the ids of members, present or gone. */
    String withNames(String text) {
        String named = text;
        for (Map.Entry<MemberId, Member> member : known.entrySet()) {
            named = named.replace(member.getKey().toString(), member.getValue().name());
        }
        return named;
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

    /** The members as placement sees them, servers first; the same list until it changes. */
    List<TaskMember> forTasks() {
        return forTasks;
    }

    /** Waits until so many members are present. Returns whether they are. */
    boolean await(int count, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (this) {
            while (present().size() < count) {
                if (closed) {
                    throw new ClusterClosedException("the cluster was closed while " + count + " members were awaited");
                }
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        }
    }

    MembershipListeners listeners() {
        return listeners;
    }

    /** Ends all waits. */
    void close() {
        closed = true;
        wake();
    }

    @Override
    public void joined(MemberInfo info) {
        member(info);
        changed();
        refresh();
    }

    @Override
    public void left(MemberInfo info) {
        changed();
        refresh();
    }

    /** Tells of everybody for whom something is otherwise than was told. */
    private void refresh() {
        Set<MemberId> concerned = new LinkedHashSet<>(told.keySet());
        membership.members().forEach(info -> concerned.add(info.id()));
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
        if (membership.member(member).isPresent()) {
            return last == null ? MembershipEvent.Type.JOINED : away ? MembershipEvent.Type.REUNITED : last;
        }
        return last == null || away ? last : MembershipEvent.Type.SUSPECTED;
    }

    private void changed() {
        forTasks = present().stream()
                .sorted(Comparator.comparing(MemberInfo::spawner))
                .map(info -> new TaskMember(
                        info.id(), member(info), info.processors(), info.taskThreads(), info.runsTasks()))
                .toList();
        wake();
    }

    private synchronized void wake() {
        notifyAll();
    }

    private void tell(MembershipEvent.Type type, MemberId who) {
        MembershipEvent event = new MembershipEvent(type, member(who), all());
        callbacks.execute(() -> listeners.tell(event));
    }

    private Member member(MemberInfo info) {
        return known.computeIfAbsent(info.id(), id -> new NodeMember(info, id.equals(self.id())));
    }
}
