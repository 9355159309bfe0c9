package org.goaway.protocol.task;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.task.Assignable.End;
import org.goaway.protocol.task.TaskMessage.Cancel;
import org.goaway.protocol.task.TaskMessage.Finished;
import org.goaway.protocol.task.TaskMessage.Missing;
import org.goaway.protocol.task.TaskMessage.Out;
import org.goaway.protocol.task.TaskMessage.Room;

/**
 * The tasks that a spawner has started, and who may start them; see the package. One caller at a time.
 */
public class Assignments {

    /** How long an assigned task's member is not reminded of it. */
    static final long REPEAT_NANOS = 1_000_000_000;

    private final SpawnerPort port;
    private final Dispatch dispatch;
    private final Unended tasks = new Unended();
    private final Peers peers = new Peers();
    /** Members that may have room for what waits for them. */
    private final Set<Peer> due = new LinkedHashSet<>();

    /** Whether there are tasks of stints that have ended. */
    private boolean unsettled;

    private long settledAt;
    private long now;

    public Assignments(MemberId self, SpawnerPort port, long nanos) {
        this.port = port;
        this.dispatch = new Dispatch(self, port);
        this.now = nanos;
        this.settledAt = nanos;
    }

    /**
     * Starts a task.
     *
     * @param reserved the member where it is counted already; null: none
     * @return the task's number; 0: no member may run it
     */
    public long submit(Assignable task, MemberId reserved) {
        MemberId at = reserved;
        if (reserved == null || !peer(reserved).isUsable()) {
            if (reserved != null) {
                task.leave(reserved);
            }
            at = task.place(this::isUsable);
        }
        if (at == null) {
            return 0;
        }
        Sent added = null;
        try {
            added = tasks.add(task, port.kind(task.bytes()));
            place(added, at);
            return added.number;
        } catch (Throwable e) { // whoever starts it hears of that, and it is not to run then
            if (added == null) {
                task.leave(at);
            } else {
                withdraw(added.number);
            }
            throw e;
        }
    }

    /** The members that have said that they start nothing more. */
    public Set<MemberId> leaving() {
        return peers.those(peer -> peer.leaving);
    }

    /** The members that are lost and not back. */
    public Set<MemberId> gone() {
        return peers.those(peer -> peer.gone);
    }

    private boolean isUsable(MemberId member) {
        return peer(member).isUsable();
    }

    private Peer peer(MemberId member) {
        return peers.get(member, now);
    }

    /** The task of this number; null if it has ended. */
    public Assignable task(long number) {
        Sent known = tasks.get(number);
        return known == null ? null : known.task;
    }

    /** The task that {@code from} may be running as this attempt; null if it is none. */
    public Assignable running(MemberId from, long number, int attempt) {
        Sent known = tasks.running(from, number, attempt);
        return known == null ? null : known.task;
    }

    /** Whether the task's member may have started it. */
    public boolean isAssigned(long number) {
        Sent known = tasks.get(number);
        return known != null && known.assigned;
    }

    /** Whether the task waits for its member's answer: that one took this member for lost, and may do so still. */
    public boolean awaitsAnswer(long number) {
        Sent known = tasks.get(number);
        return known != null && !known.assigned && peer(known.at).deaf;
    }

    /** How many tasks a member may be running. */
    public int assignedAt(MemberId member) {
        return peer(member).assigned.size();
    }

    /** How many tasks that were started before this one wait here for the same member, and for the same of it. */
    public int before(long number) {
        Sent known = tasks.get(number);
        return known == null || known.assigned ? 0 : peer(known.at).queue.before(known);
    }

    /** The numbers of all tasks that have not ended. */
    public List<Long> numbers() {
        return tasks.numbers();
    }

    private void place(Sent added, MemberId at) {
        added.at = at;
        added.stint = 0; // none of that member's until it is there
        added.task.placed(at, added.attempt);
        Peer peer = peer(at);
        if (dispatch.mayAssign(added, peer)) {
            dispatch.assign(added, peer, null, now);
        } else {
            dispatch.queue(added, peer);
        }
    }

    /** A member that has nothing left to do takes over what waits for another. */
    private void takeOver(Peer idle) {
        List<Sent> taken = overtaken(idle, idle.room(port.slots(idle.id)));
        for (Sent each : taken) {
            each.at = idle.id;
            each.task.placed(idle.id, each.attempt);
        }
        taken.forEach(idle::queue);
        dispatch.fill(idle, now);
    }

    List<Sent> overtaken(Peer idle, int room) {
        return TakeOver.by(idle, room, peers.all(), waits -> dispatch.isBehind(waits, idle));
    }

    /** Whether what {@code from} says of a task in a stint is about its present assignment. */
    boolean isPresent(Sent known, MemberId from, long stint) {
        return known != null && known.assigned && known.at.equals(from) && known.stint == stint && isPresent(known);
    }

    /** Whether it is where it is said to be: its member's stint has not ended since it came there. */
    private boolean isPresent(Sent known) {
        Peer peer = peer(known.at);
        return known.assigned ? peer.assigned.containsKey(known.number) : peer.queue.contains(known);
    }

    public void onFinished(MemberId from, Finished message) {
        Sent known = tasks.get(message.task());
        if (!isPresent(known, from, message.stint())) {
            return;
        }
        Peer peer = peer(from);
        peer.unheard = false;
        peer.leaving = peer.leaving || message.leaving();
        if (message.result() != null || known.cancelled) {
            end(known, new End(from, message.result(), message.result() != null || known.hasBeenLost(), false));
            peer.remove(known); // last: what fails on the way leaves it there, and its member tells its end again
        } else {
            peer.remove(known);
            move(known);
        }
        moveQueue(peer);
        if (!peer.queue.isEmpty()) {
            due.add(peer);
        }
    }

    /**
     * Assigns what can be since others have ended. To be called after messages, for several of them once: then one message
     * names all tasks.
     */
    public void assignMore() {
        due.forEach(peer -> dispatch.fill(peer, now));
        due.clear();
    }

    /** Whether {@link #assignMore} may have something to do. */
    public boolean mayAssignMore() {
        return !due.isEmpty();
    }

    public void onMissing(MemberId from, Missing message) {
        for (long number : message.tasks()) {
            Sent known = tasks.get(number);
            if (isPresent(known, from, message.stint())) {
                dispatch.repost(known);
            }
        }
    }

    public void onRoom(MemberId from, Room message) {
        Peer peer = peer(from);
        if (message.stint() == peer.stint) {
            peer.unheard = false;
            peer.deaf = false;
            peer.extra(peer.knowsOfMore ? message.extra() : 0);
            dispatch.fill(peer, now);
        }
    }

    public void onOut(MemberId from, Out message) {
        Peer peer = peer(from);
        if (message.stint() == peer.stint) {
            peer.deaf = true; // until it answers: what it got before would count as perhaps started when the stint ends
            lose(peer);
        }
    }

    /**
     * These members are lost, and some of them are back at once, as all are when this member itself was out. What they had is
     * settled by the next tick: it may go to any that is back, or has come meanwhile, and to none that is lost.
     */
    public void onGone(Set<MemberId> members, Set<MemberId> back) {
        for (MemberId member : members) {
            Peer peer = peer(member);
            peer.gone = !back.contains(member);
            lose(peer);
        }
        back.forEach(member -> dispatch.greet(peer(member)));
    }

    /** A member has come that may run tasks. */
    public void onPresent(MemberId member) {
        peer(member);
    }

    /** A member that was lost is back. It is told that it is in a new stint, so that it ends what it did in the former. */
    public void onBack(MemberId member) {
        Peer peer = peer(member);
        if (peer.gone) {
            peer.gone = false;
            dispatch.greet(peer);
        }
    }

    private void lose(Peer peer) {
        begin(peer);
        unsettled = true;
    }

    /**
     * What was assigned in a stint that has ended may have run; what waited has not. Once a second in any case: a failure on the
     * way, as where memory has run out, leaves tasks nowhere, too.
     */
    private void settle() {
        if (unsettled || (now - settledAt >= REPEAT_NANOS && tasks.size() != peers.tasks())) {
            tasks.all(known -> !isPresent(known)).forEach(this::settle);
            unsettled = false; // last: what fails on the way is done by the next tick
            settledAt = now;
        }
    }

    private void settle(Sent known) {
        if (known.cancelled) {
            end(known, new End(known.at, null, mayHaveStarted(known) || known.hasBeenLost(), false));
        } else if (!mayHaveStarted(known)) {
            move(known);
        } else if (!mayRetry(known)) {
            end(known, new End(known.at, null, true, false));
        } else {
            rerun(known);
        }
    }

    void begin(Peer peer) {
        peer.begin();
    }

    boolean mayHaveStarted(Sent known) {
        return known.assigned;
    }

    boolean mayRetry(Sent known) {
        return !known.task.isBound() && known.attempt <= known.task.retries();
    }

    int next(int attempt) {
        return attempt + 1;
    }

    /** Another member rather than the one where it ran. */
    private void rerun(Sent known) {
        MemberId before = known.at;
        MemberId at = known.task.place(member -> isUsable(member) && !member.equals(before));
        at = at != null ? at : known.task.place(this::isUsable);
        known.assigned = false;
        known.attempt = next(known.attempt);
        known.task.leave(before);
        if (at == null) {
            known.task.ended(new End(before, null, true, true));
            tasks.forget(known);
        } else {
            place(known, at);
        }
    }

    /** A task that has certainly not started goes to another member, or to the same in another stint. */
    private void move(Sent known) {
        MemberId before = known.at;
        MemberId at = known.task.place(
                member -> isUsable(member) && !(member.equals(before) && known.stint == peer(member).stint));
        known.assigned = false;
        known.task.leave(before);
        if (at == null) {
            known.task.ended(new End(before, null, known.hasBeenLost(), !known.task.isBound()));
            tasks.forget(known);
        } else {
            place(known, at);
        }
    }

    private void moveQueue(Peer peer) {
        if (peer.leaving) {
            List<Sent> queued = peer.queue.all();
            peer.queue.clear();
            queued.forEach(this::move);
        }
    }

    /** It is forgotten last: what fails before leaves somebody who waits for it. */
    private void end(Sent known, End end) {
        known.task.ended(end);
        known.task.leave(known.at);
        tasks.forget(known);
    }

    /** Nobody waits for the task: one that has not started will not, and ends at once if it is not assigned. */
    public void cancel(long number, boolean interrupt) {
        Sent known = tasks.get(number);
        if (known == null) {
            return;
        }
        known.cancelled = true;
        known.interrupt = known.interrupt || interrupt;
        if (known.assigned) {
            known.toldAt = now;
            port.send(known.at, new Cancel(known.stint, number, known.interrupt));
        } else {
            peer(known.at).queue.take(known);
            end(known, new End(known.at, null, known.hasBeenLost(), false));
        }
    }

    /** The task's envelope could not be sent, or nobody is to run it: it is forgotten without a word. */
    public void withdraw(long number) {
        Sent known = tasks.get(number);
        if (known != null) {
            Peer peer = peer(known.at);
            peer.queue.take(known);
            peer.remove(known);
            known.task.leave(known.at);
            tasks.forget(known);
        }
    }

    /** Time has passed. */
    public void onTick(long nanos) {
        long passed = nanos - now;
        now = nanos;
        settle();
        for (Peer peer : peers.all()) {
            peer.measure(passed);
            dispatch.fill(peer, now);
            if (peer.queue.isEmpty()) {
                takeOver(peer);
            }
            if (!peer.gone && now - peer.checkedAt >= REPEAT_NANOS) {
                peer.checkedAt = now;
                check(peer);
            }
        }
        tasks.takeDone().forEach(port::tellAll);
    }

    void check(Peer peer) {
        dispatch.check(peer, now);
    }
}
