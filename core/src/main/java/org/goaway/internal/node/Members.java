package org.goaway.internal.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.ClusterClosedException;
import org.goaway.Member;
import org.goaway.MembershipEvent;
import org.goaway.Registration;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Membership;
import org.goaway.internal.cluster.RaftLog;
import org.goaway.internal.task.TaskHost.TaskMember;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;

/**
 * Who is in the cluster, as the program and its tasks see it. Changed on the event loop; read by any thread. Listeners run
 * on the node's callback thread, in the order of the changes.
 */
final class Members implements Membership.Listener {

    private static final Logger LOG = LogManager.getLogger(Members.class);

    private final MemberInfo self;
    private final Membership membership;
    private final RaftLog log;
    private final Executor callbacks;
    private final Map<MemberId, Member> known = new ConcurrentHashMap<>();
    private final List<Consumer<MembershipEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Set<MemberId> lost = ConcurrentHashMap.newKeySet();
    private volatile Epoch epoch;
    private volatile boolean closed;
    private volatile List<TaskMember> forTasks = List.of();

    Members(MemberInfo self, Membership membership, RaftLog log, Executor callbacks) {
        this.self = self;
        this.membership = membership;
        this.log = log;
        this.callbacks = callbacks;
        membership.listen(this);
        changed();
    }

    Member self() {
        return member(self);
    }

    /** The cluster has begun: who is not of its epoch, or was lost once, is no member of it, whatever the view says. */
    void begin(Epoch first) {
        epoch = first;
        changed();
    }

    private boolean belongs(MemberInfo info) {
        Epoch known = epoch;
        return known == null || (known.members().contains(info.id()) && !lost.contains(info.id()));
    }

    private List<MemberInfo> present() {
        return membership.members().stream().filter(this::belongs).toList();
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
        return member != null ? member : member(stranger(id));
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

    Registration listen(Consumer<MembershipEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Ends all waits. */
    void close() {
        closed = true;
        wake();
    }

    @Override
    public void joined(MemberInfo info) {
        changed();
        if (belongs(info)) {
            tell(MembershipEvent.Type.JOINED, info);
        } else {
            LOG.warn("{} is no member of this cluster, which runs since before it came; it waits for the next", info);
        }
    }

    @Override
    public void left(MemberInfo info) {
        boolean belonged = belongs(info);
        lost.add(info.id());
        changed();
        if (belonged) {
            tell(MembershipEvent.Type.LEFT, info);
        }
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

    private void tell(MembershipEvent.Type type, MemberInfo info) {
        MembershipEvent event = new MembershipEvent(type, member(info), all());
        callbacks.execute(() -> {
            for (Consumer<MembershipEvent> listener : listeners) {
                try {
                    listener.accept(event);
                } catch (RuntimeException e) {
                    LOG.warn("a membership listener failed on {}", event, e);
                }
            }
        });
    }

    private Member member(MemberInfo info) {
        return known.computeIfAbsent(info.id(), id -> new NodeMember(info, id.equals(self.id())));
    }

    /** A member that left before it introduced itself here. */
    private static MemberInfo stranger(MemberId id) {
        return new MemberInfo(id, id.toString(), "", 0, 1, false, List.of(), 1, false, 0);
    }
}
