package org.goaway.internal.task;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.goaway.internal.task.TaskHost.TaskMember;
import org.goaway.protocol.MemberId;

/**
 * Picks the member with the fewest unfinished tasks of this spawner per processor; ties go round. Safe for any thread.
 */
final class Placement {

    private final Supplier<List<TaskMember>> members;
    private final Map<MemberId, Integer> unfinished = new HashMap<>();
    private int next;

    /** Starts at a random member, so that the tasks that tasks start do not all begin at the same one. */
    Placement(Supplier<List<TaskMember>> members) {
        this(members, ThreadLocalRandom.current().nextInt(1 << 16));
    }

    Placement(Supplier<List<TaskMember>> members, int first) {
        this.members = members;
        this.next = first;
    }

    /** The member that gets the next task, counted as its task from now on; null if none is eligible. */
    synchronized TaskMember place(Predicate<TaskMember> eligible) {
        List<TaskMember> all = members.get();
        TaskMember best = null;
        int bestAt = 0;
        for (int i = 0; i < all.size(); i++) {
            int at = Math.floorMod(next + i, all.size());
            TaskMember member = all.get(at);
            if (eligible.test(member) && (best == null || isLessLoaded(member, best))) {
                best = member;
                bestAt = at;
            }
        }
        if (best != null) {
            next = bestAt + 1;
            unfinished.merge(best.id(), 1, Integer::sum);
        }
        return best;
    }

    private boolean isLessLoaded(TaskMember one, TaskMember other) {
        return (long) load(one.id()) * other.processors() < (long) load(other.id()) * one.processors();
    }

    private int load(MemberId member) {
        return unfinished.getOrDefault(member, 0);
    }

    synchronized void ended(MemberId member) {
        unfinished.computeIfPresent(member, (id, count) -> count == 1 ? null : count - 1);
    }
}
