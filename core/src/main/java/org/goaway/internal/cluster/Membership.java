package org.goaway.internal.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * Who is present: a member counts as present from the moment its {@link Introduction} is here until the view loses it. A
 * hint, not agreement. All state is changed on the loop; {@link #members()} may be read anywhere.
 */
public final class Membership {

    private static final Logger LOG = LogManager.getLogger(Membership.class);

    private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /**
     * A member introduces itself.
     *
     * @param info who it is
     * @param asks whether it wants to know who the addressee is
     */
    public record Introduction(MemberInfo info, boolean asks) implements Message {}

    /** Told on the loop. Must not block. */
    public interface Listener {

        /** {@code member} is present now, and can be sent to. */
        default void joined(MemberInfo member) {}

        /**
         * {@code member} is gone. A process that starts again is another member; one that was only cut off may join again as
         * the same.
         */
        default void left(MemberInfo member) {}
    }

    private final MemberInfo self;
    private final PackedTransport transport;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Map<MemberId, MemberInfo> infos = new HashMap<>();
    private List<MemberId> view;
    private boolean open;
    private long asked;
    private volatile List<MemberInfo> members;

    Membership(MemberInfo self, PackedTransport transport) {
        this.self = self;
        this.transport = transport;
        this.view = List.of(self.id());
        this.members = List.of(self);
        infos.put(self.id(), self);
        transport.route(Introduction.class, this::onIntroduction);
    }

    /** The members present, in the view's order (the first is its coordinator), self included. Any thread. */
    public List<MemberInfo> members() {
        return members;
    }

    /** The member of this identity, if present. Any thread. */
    public Optional<MemberInfo> member(MemberId id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    /**
     * Tells {@code listener} of changes from now on. Who listens before this member is open misses nobody: members that
     * introduced themselves earlier count as joined then. Any thread.
     */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Begins to tell of others, and to introduce this member to them; called on the loop, once. */
    void open() {
        open = true;
        members.stream().filter(member -> !member.equals(self)).forEach(this::joined);
        introduce();
    }

    /** A view was installed; called on the loop. */
    void onView(List<MemberId> now) {
        List<MemberId> before = view;
        view = List.copyOf(now);
        Set<MemberId> there = Set.copyOf(now);
        transport.connect(there);
        List<MemberInfo> gone = new ArrayList<>();
        for (MemberId member : before) {
            if (!there.contains(member)) {
                Optional.ofNullable(infos.remove(member)).ifPresent(gone::add);
            }
        }
        publish();
        gone.forEach(this::left);
        for (MemberId member : now) {
            if (!before.contains(member) && infos.containsKey(member)) {
                joined(infos.get(member));
            }
        }
        if (open) {
            introduce();
        }
    }

    private void onIntroduction(MemberId from, Introduction introduction) {
        boolean known = infos.put(from, introduction.info()) != null;
        if (view.contains(from) && !known) {
            publish();
            joined(introduction.info());
        }
        if (introduction.asks() && open) {
            transport.send(from, new Introduction(self, false));
        }
    }

    void onTick(long nanos) {
        if (open && nanos - asked >= ASK_NANOS && members.size() < view.size()) {
            introduce();
        }
    }

    private void introduce() {
        asked = System.nanoTime();
        List<MemberId> strangers =
                view.stream().filter(member -> !infos.containsKey(member)).toList();
        if (!strangers.isEmpty()) {
            transport.multicast(strangers, new Introduction(self, true));
        }
    }

    private void publish() {
        members = view.stream().filter(infos::containsKey).map(infos::get).toList();
    }

    private void joined(MemberInfo member) {
        if (!open) {
            return;
        }
        LOG.info("{}: {} joined; {} members: {}", self.name(), member, members.size(), members);
        listeners.forEach(listener -> listener.joined(member));
    }

    private void left(MemberInfo member) {
        if (!open) {
            return;
        }
        LOG.info("{}: {} left; {} members: {}", self.name(), member, members.size(), members);
        listeners.forEach(listener -> listener.left(member));
    }
}
