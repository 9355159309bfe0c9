package org.goaway.internal.task;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.task.Admissions;

/**
 * Tells the spawners that keep tasks for this member how many more can run here: as many as wait for others, and one more each time
 * all are blocked. Belongs to the event loop.
 */
final class Backlog {

    private final Steps steps;
    private final Admissions<RunningTask> admissions;
    private final Slots slots;
    private final Executor loop;

    /** How many further tasks were asked for since all of a spawner's were blocked; those of a backlog only. */
    private final Map<MemberId, Integer> stalls = new HashMap<>();

    private final AtomicBoolean telling = new AtomicBoolean();
    private volatile boolean present;

    Backlog(Steps steps, Admissions<RunningTask> admissions, Slots slots, Executor loop) {
        this.steps = steps;
        this.admissions = admissions;
        this.slots = slots;
        this.loop = loop;
    }

    /** A spawner may keep tasks now, or none any more. Called in steps. */
    void look() {
        present = !admissions.backlogged().isEmpty();
    }

    /** A task waits, and none is left to run meanwhile. Any thread. */
    void hungry() {
        if (present && telling.compareAndSet(false, true)) {
            loop.execute(() -> {
                telling.set(false);
                tell(0);
            });
        }
    }

    void onGone(MemberId member) {
        stalls.remove(member);
    }

    void onTick() {
        if (present) {
            tell(slots.isStuck() ? 1 : 0);
        } else {
            stalls.clear();
        }
    }

    private void tell(int stalled) {
        Map<MemberId, Integer> waiting = new HashMap<>();
        slots.waiting()
                .forEach(job -> waiting.merge(((RunningTask) job).identity().spawner(), 1, Integer::sum));
        steps.take(() -> {
            List<MemberId> spawners = admissions.backlogged();
            stalls.keySet().retainAll(spawners);
            for (MemberId spawner : spawners) {
                int further = stalls.merge(spawner, stalled, Integer::sum);
                admissions.room(spawner, further + Math.min(waiting.getOrDefault(spawner, 0), slots.mostExtra()));
            }
        });
    }
}
