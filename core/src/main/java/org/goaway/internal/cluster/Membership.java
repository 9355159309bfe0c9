package org.goaway.internal.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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

        /** {@code member}, which is this one or present, has another name now. */
        default void renamed(MemberInfo member) {}
    }

    private final String wantedName;
    private final PackedTransport transport;
    private final Parts<Listener> listeners = new Parts<>(() -> self().name());
    private final Map<MemberId, MemberInfo> infos = new HashMap<>();
    /** Who asked before the view had them: until then nothing reaches them. */
    private final Set<MemberId> unanswered = new HashSet<>();

    private List<MemberId> view;
    /** Who had the wanted name when this member had to take another; null: nobody. */
    private MemberInfo namesake;

    private boolean open;
    private long asked;
    private volatile MemberInfo self;
    private volatile List<MemberInfo> members;
    private volatile int strangers;

    Membership(MemberInfo self, PackedTransport transport) {
        this.self = self;
        this.wantedName = self.name();
        this.transport = transport;
        this.view = List.of(self.id());
        this.members = List.of(self);
        infos.put(self.id(), self);
        transport.route(Introduction.class, this::onIntroduction);
    }

    /** This member, under the name that it has now. Any thread. */
    MemberInfo self() {
        return self;
    }

    /** The members present, in the view's order (the first is its coordinator), self included. Any thread. */
    public List<MemberInfo> members() {
        return members;
    }

    /** How many are in the view but have not introduced themselves yet. Any thread. */
    public int strangers() {
        return strangers;
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
        members.stream().filter(member -> !isSelf(member)).forEach(this::joined);
        introduce();
        takeOwnName();
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
        for (MemberId asker : List.copyOf(unanswered)) {
            if (there.contains(asker) && unanswered.remove(asker) && open) {
                transport.send(asker, new Introduction(self, false));
            }
        }
        if (open) {
            introduce();
            takeOwnName();
        }
    }

    private void onIntroduction(MemberId from, Introduction introduction) {
        MemberInfo before = infos.put(from, introduction.info());
        if (view.contains(from) && !introduction.info().equals(before)) {
            publish();
            if (before == null) {
                joined(introduction.info());
            } else {
                renamed(before, introduction.info());
            }
            takeOwnName();
        }
        if (introduction.asks() && !view.contains(from)) {
            unanswered.add(from);
        } else if (introduction.asks() && open) {
            transport.send(from, new Introduction(self, false));
        }
    }

    /** Of members that want the same name, all but the first in the view add a number to it. */
    private void takeOwnName() {
        Optional<MemberInfo> taken = members.stream()
                .takeWhile(member -> !isSelf(member))
                .filter(earlier -> earlier.name().equals(self.name()))
                .findFirst();
        if (open && taken.isPresent()) {
            namesake = self.name().equals(wantedName) ? taken.get() : namesake;
            take(freeName());
        } else if (open && isNamesakeGone()) {
            take(wantedName);
        }
    }

    /**
     * One of this host that had the name: most likely the process in whose place this one was started, which the view still
     * had. Others may have been cut off and come back with the name.
     */
    private boolean isNamesakeGone() {
        return namesake != null
                && !self.name().equals(wantedName)
                && namesake.host().equals(self.host())
                && !view.contains(namesake.id())
                && members.stream().noneMatch(member -> member.name().equals(wantedName));
    }

    private String freeName() {
        Set<String> names = members.stream().map(MemberInfo::name).collect(Collectors.toSet());
        int number = 2;
        while (names.contains(wantedName + "-" + number)) {
            number++;
        }
        return wantedName + "-" + number;
    }

    private void take(String name) {
        MemberInfo before = self;
        self = before.named(name);
        infos.put(self.id(), self);
        publish();
        renamed(before, self);
        transport.multicast(view, new Introduction(self, false));
    }

    private boolean isSelf(MemberInfo member) {
        return member.id().equals(self.id());
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
        strangers = view.size() - members.size();
    }

    private void joined(MemberInfo member) {
        if (!open) {
            return;
        }
        LOG.info("{}: {} joined; {} members: {}", self.name(), member, members.size(), members);
        listeners.tell("a member that joined", listener -> listener.joined(member));
    }

    private void renamed(MemberInfo before, MemberInfo member) {
        if (!open) {
            return;
        }
        LOG.info(
                "{}: {} is called {} now: of those that want a name the first has it",
                self.name(),
                before,
                member.name());
        listeners.tell("a member's new name", listener -> listener.renamed(member));
    }

    private void left(MemberInfo member) {
        if (!open) {
            return;
        }
        LOG.info("{}: {} left; {} members: {}", self.name(), member, members.size(), members);
        listeners.tell("a member that left", listener -> listener.left(member));
    }
}
