package org.goaway.protocol.weak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;

/**
 * Members with weak objects that learn, hear and do what the test says when it says so, in a time that passes when it says
 * so. The first leads the rounds.
 */
final class Scripted {

    static final ObjectId OBJECT = WeakMembers.object("o");

    private static final Duration TICK = Duration.ofMillis(10);

    private record Link(MemberId from, MemberId to) {}

    private final List<MemberId> ids = new ArrayList<>();
    private final Map<MemberId, Weak> members = new LinkedHashMap<>();
    private final Map<Link, List<Message>> links = new LinkedHashMap<>();
    private final List<Runnable> turns = new ArrayList<>();
    private long now;

    Scripted(int size) {
        for (int i = 1; i <= size; i++) {
            MemberId self = new MemberId(0, i);
            ids.add(self);
            Transport transport = new Transport() {
                @Override
                public void send(MemberId to, Message message) {
                    underWay(self, to).add(message);
                }

                @Override
                public void multicast(Collection<MemberId> to, Message message) {
                    to.forEach(one -> send(one, message));
                }
            };
            members.put(
                    self,
                    new Weak(
                            self,
                            transport,
                            () -> now,
                            (object, field, value) -> {},
                            turns::add,
                            Duration.ofMinutes(1)));
        }
    }

    MemberId id(int member) {
        return ids.get(member);
    }

    Weak weak(int member) {
        return members.get(id(member));
    }

    Replica replica(int member) {
        return weak(member).replica(OBJECT);
    }

    /** The epoch of members that came in with these; 0: it is none. The one that has been in for longest is full. */
    Epoch epoch(long number, long... since) {
        Map<MemberId, Long> joined = new LinkedHashMap<>();
        for (int i = 0; i < since.length; i++) {
            if (since[i] > 0) {
                joined.put(id(i), since[i]);
            }
        }
        MemberId full = Collections.min(joined.keySet(), Comparator.comparing(joined::get));
        return new Epoch(number, joined, List.of(full));
    }

    Epoch founding() {
        return Epoch.founding(Set.copyOf(ids));
    }

    /** These members learn it, in this order. */
    void learn(Epoch epoch, int... who) {
        for (int member : who) {
            weak(member).onEpoch(epoch);
        }
    }

    /** A member sets so many fields to values of so many bytes. */
    void set(int member, int fields, int bytes) {
        for (int i = 0; i < fields; i++) {
            weak(member).set(OBJECT, "f" + i, WeakMembers.value(i, bytes));
        }
    }

    /** Runs what members have put off to their next turns. */
    void turns() {
        while (!turns.isEmpty()) {
            turns.remove(0).run();
        }
    }

    private List<Message> underWay(MemberId from, MemberId to) {
        return links.computeIfAbsent(new Link(from, to), link -> new ArrayList<>());
    }

    List<Message> underWay(int from, int to) {
        turns();
        return underWay(id(from), id(to));
    }

    /** Takes what is under way: it is lost, or {@link #give}n later. */
    List<Message> take(int from, int to) {
        List<Message> taken = List.copyOf(underWay(from, to));
        underWay(from, to).clear();
        return taken;
    }

    void give(int from, int to, List<Message> messages) {
        messages.forEach(message -> weak(to).onMessage(id(from), message));
        turns();
    }

    /** Delivers what is under way from one to the other. */
    void deliver(int from, int to) {
        give(from, to, take(from, to));
    }

    /** Delivers all that is under way, and what follows from that. */
    void deliver() {
        turns();
        while (links.values().stream().anyMatch(messages -> !messages.isEmpty())) {
            for (Link link : List.copyOf(links.keySet())) {
                deliver(ids.indexOf(link.from), ids.indexOf(link.to));
            }
        }
    }

    /** A tick of each after this time. */
    void pass(Duration time) {
        now += time.toNanos();
        members.values().forEach(weak -> weak.onTick(now));
        turns();
    }

    /** Delivers all for this time. */
    void run(Duration time) {
        run(new CompletableFuture<>(), time);
    }

    /** Delivers all until the sync ends; whether it does well within this time. */
    boolean run(CompletableFuture<Void> sync, Duration time) {
        for (long end = now + time.toNanos(); now <= end && !sync.isDone(); ) {
            deliver();
            pass(TICK);
        }
        return sync.isDone() && !sync.isCompletedExceptionally();
    }

    /** The milliseconds after which the first repeats this batch when nobody answers. */
    List<Long> repeats(Sets batch, Duration time) {
        Set<Long> repeats = new TreeSet<>();
        long began = now;
        while (now < began + time.toNanos()) {
            take(0, 1);
            pass(TICK);
            if (underWay(0, 1).stream()
                    .anyMatch(message -> message instanceof Sets sets && sets.number() == batch.number())) {
                repeats.add(Duration.ofNanos(now - began).toMillis());
            }
        }
        return List.copyOf(repeats);
    }
}
