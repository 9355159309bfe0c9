package org.goaway.protocol.task;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.task.TaskMessage.Assign;
import org.goaway.protocol.task.TaskMessage.Cancel;
import org.goaway.protocol.task.TaskMessage.Envelope;

/** What a spawner sends to those who run its tasks: envelopes, and what lets a member start them. One caller at a time. */
final class Dispatch {

    private final MemberId self;
    private final SpawnerPort port;

    Dispatch(MemberId self, SpawnerPort port) {
        this.self = self;
        this.port = port;
    }

    /** The task waits until {@code peer} has room; the members get its envelope, and that one hears that something waits. */
    void queue(Sent added, Peer peer) {
        peer.queue(added);
        if (added.task.isShared() && !added.posted) {
            added.posted = true;
            port.post(added.number, new Envelope(added.number, added.task.content(), null, added.attempt, 0), true);
        }
        if (!peer.knowsOfMore && !peer.deaf) {
            peer.knowsOfMore = true;
            port.send(peer.id, new Assign(peer.stint, 1, List.of(), true));
        }
    }

    /** Whether a task that has just come to {@code peer} may be assigned: it passes those that wait for what it need not. */
    boolean mayAssign(Sent added, Peer peer) {
        return next(peer, added) == added;
    }

    /**
     * Who may be assigned next: of those that wait for {@code peer} the first to come that may, and that competes with {@code added},
     * which has just come; if there is none, that one. Null: nobody.
     *
     * <p>Who lacks nothing but the network keeps it for itself: those of its kind that came later do not pass, or they could
     * for ever. Who lacks a slot keeps nothing.
     */
    private Sent next(Peer peer, Sent added) {
        if (peer.deaf || (added == null && peer.queue.isEmpty())) {
            return null;
        }
        boolean room = peer.hasRoom(port.slots(peer.id));
        BitSet closed = new BitSet();
        for (Sent head = peer.queue.headAfter(0); head != null; head = peer.queue.headAfter(head.place)) {
            if (!hasSlot(head, room) || closed.get(head.line.kind())) {
                continue;
            }
            if (isBehind(head, peer)) {
                closed.set(head.line.kind());
            } else if (added == null || head.line.competesWith(added.line)) {
                return head;
            }
        }
        boolean may = added != null && hasSlot(added, room) && !closed.get(added.line.kind()) && !isBehind(added, peer);
        return may ? added : null;
    }

    private static boolean hasSlot(Sent sent, boolean room) {
        return room || sent.task.isUnlimited();
    }

    /** Whether so much is on its way to {@code peer} that the task's envelope had better wait: too much would be refused. */
    boolean isBehind(Sent waits, Peer peer) {
        return !waits.posted && port.isBehind(peer.id, waits.task.bytes());
    }

    /** Lets {@code peer} start a task: by {@code later}, one message for all of its attempt, if the envelope has gone out. */
    void assign(Sent next, Peer peer, Map<Integer, List<Long>> later, long now) {
        peer.add(next);
        next.toldAt = now;
        boolean has = next.posted && !peer.id.equals(self); // what goes to all goes to all others
        if (has && later != null) {
            later.computeIfAbsent(next.attempt, any -> new ArrayList<>()).add(next.number);
        } else if (has) {
            port.send(peer.id, new Assign(peer.stint, next.attempt, List.of(next.number), peer.knowsOfMore));
        } else {
            post(next, next.task.isShared() && !next.posted);
        }
    }

    /** Sends the envelope of an assigned task, to its member or to all. */
    private void post(Sent assigned, boolean all) {
        assigned.posted = assigned.posted || all;
        port.post(assigned.number, envelope(assigned), all);
    }

    /** Its member has not got the envelope of an assigned task yet. */
    void repost(Sent assigned) {
        port.repost(envelope(assigned));
    }

    private static Envelope envelope(Sent assigned) {
        return new Envelope(assigned.number, assigned.task.content(), assigned.at, assigned.attempt, assigned.stint);
    }

    /** Assigns what waits for {@code peer}, as far as it has room. */
    void fill(Peer peer, long now) {
        if (peer.queue.isEmpty() && !peer.knowsOfMore) {
            return;
        }
        Map<Integer, List<Long>> byAttempt = new TreeMap<>();
        for (Sent next = next(peer, null); next != null; next = next(peer, null)) {
            peer.queue.take(next);
            assign(next, peer, byAttempt, now);
        }
        boolean more = !peer.queue.isEmpty();
        if (byAttempt.isEmpty() && more != peer.knowsOfMore) {
            byAttempt.put(1, List.of());
        }
        peer.knowsOfMore = more;
        if (!more) {
            peer.extra(0);
        }
        byAttempt.forEach((attempt, numbers) -> port.send(peer.id, new Assign(peer.stint, attempt, numbers, more)));
    }

    /** Tells a member which stint it is in. */
    void greet(Peer peer) {
        port.send(peer.id, new Assign(peer.stint, 1, List.of(), peer.knowsOfMore));
    }

    /** Reminds a member of what it has not told the end of: either side may have missed something. */
    void check(Peer peer, long now) {
        Map<Integer, List<Sent>> byAttempt = new HashMap<>();
        for (Sent known : peer.assigned.values()) {
            if (now - known.toldAt >= Assignments.REPEAT_NANOS) {
                known.toldAt = now;
                if (known.cancelled) {
                    if (known.interrupt) {
                        peer.freeSlot(known); // it heeds none, and its member does the same
                    }
                    port.send(peer.id, new Cancel(known.stint, known.number, known.interrupt));
                } else {
                    byAttempt
                            .computeIfAbsent(known.attempt, any -> new ArrayList<>())
                            .add(known);
                }
            }
        }
        byAttempt.forEach((attempt, late) -> port.send(
                peer.id,
                new Assign(
                        peer.stint,
                        attempt,
                        late.stream().map(known -> known.number).toList(),
                        late.stream().map(known -> known.task.bytes()).toList(),
                        peer.knowsOfMore)));
        if (byAttempt.isEmpty() && (peer.unheard || peer.knowsOfMore)) {
            greet(peer);
        }
    }
}
