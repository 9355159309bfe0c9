package org.goaway.protocol.task;

import java.util.LinkedHashMap;
import java.util.Map;
import org.goaway.protocol.MemberId;

/** A member that runs tasks, at their spawner. */
final class Peer {

    private static final long AHEAD_NANOS = 5_000_000;
    private static final int MOST_AHEAD = 1024;

    final MemberId id;
    final Map<Long, Sent> assigned = new LinkedHashMap<>();
    final TaskQueue queue = new TaskQueue();

    long stint = 1;
    boolean gone;
    boolean leaving;

    /** Whether it has not answered since this stint began; a first stint needs no answer. */
    boolean unheard;

    /** Whether it takes this member for lost, as far as is known, and would ignore what is assigned to it. */
    boolean deaf;

    /** Whether it knows that tasks wait for it here. */
    boolean knowsOfMore;

    long checkedAt;
    private int inSlots;
    private int extra;
    private int ahead;
    private int ended;

    Peer(MemberId id, long nanos) {
        this.id = id;
        this.checkedAt = nanos;
    }

    /** How many are here. */
    int tasks() {
        return assigned.size() + queue.size();
    }

    boolean isUsable() {
        return !gone && !leaving;
    }

    boolean hasRoom(int slots) {
        return room(slots) > 0;
    }

    /** How many more tasks it may be assigned, if it has so many slots; 0: it cannot be reached. */
    int room(int slots) {
        return isUsable() && !deaf && slots > 0 ? slots + extra + ahead - inSlots : 0;
    }

    /** The task waits until there is room. */
    void queue(Sent sent) {
        queue.add(sent);
        sent.stint = stint;
    }

    void add(Sent sent) {
        try {
            assigned.put(sent.number, sent);
        } catch (Throwable e) { // there may be no memory for a larger table, after it was added
            assigned.remove(sent.number);
            throw e;
        }
        sent.assigned = true;
        sent.stint = stint;
        sent.inSlot = !sent.task.isUnlimited();
        inSlots += sent.inSlot ? 1 : 0;
    }

    void remove(Sent sent) {
        if (assigned.remove(sent.number) != null) {
            sent.assigned = false;
            freeSlot(sent);
            ended++;
        }
    }

    /** An assigned task takes no slot there any more. */
    void freeSlot(Sent sent) {
        inSlots -= sent.inSlot ? 1 : 0;
        sent.inSlot = false;
    }

    void extra(int tasks) {
        extra = tasks;
    }

    /**
     * So many more than there are slots are assigned as the member would start within {@value #AHEAD_NANOS} nanoseconds: it
     * need not wait for the spawner after each short task, and long ones stay where they can still move.
     */
    void measure(long nanos) {
        int now = (int) Math.min(MOST_AHEAD, ended * AHEAD_NANOS / Math.max(1, nanos));
        ahead = Math.max(now, ahead / 2);
        ended = 0;
    }

    /** A new stint begins: nothing is assigned, and nothing of the former counts. */
    void begin() {
        stint++;
        leaving = false;
        unheard = true;
        knowsOfMore = false;
        assigned.clear();
        queue.clear();
        inSlots = 0;
        extra = 0;
        ahead = 0;
        ended = 0;
    }
}
