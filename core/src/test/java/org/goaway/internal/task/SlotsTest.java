package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** No threads and no time: threads are what the test runs, and the clock is what it says. */
class SlotsTest {

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final AtomicInteger hungry = new AtomicInteger();
    private final Slots slots = new Slots(2, threads::add, Runnable::run, hungry::incrementAndGet, 0);
    private final List<Task> ran = new ArrayList<>();

    private class Task implements Slots.Job {
        boolean blocked;
        Error failure;

        @Override
        public void run() {
            ran.add(this);
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public boolean isBlocked() {
            return blocked;
        }
    }

    private List<Task> submit(int count) {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(new Task());
            slots.submit(tasks.get(i));
        }
        return tasks;
    }

    private int started() {
        return threads.size();
    }

    @Test
    void shouldStartNoMoreThanThereAreSlots() {
        submit(5);

        assertThat(started()).isEqualTo(2);
    }

    @Test
    void shouldRunQueuedTasksInOrderOnSameThread() {
        List<Task> tasks = submit(5);

        threads.remove().run();

        assertThat(ran).containsExactly(tasks.get(0), tasks.get(2), tasks.get(3), tasks.get(4));
        assertThat(slots.running()).isEqualTo(1);
    }

    @Test
    void shouldFreeSlotOfJobThatFails() {
        List<Task> tasks = submit(3);
        tasks.get(0).failure = new AssertionError("a thread that dies");

        threads.remove().run();

        assertThat(slots.running()).isEqualTo(2);
        assertThat(slots.queued()).isZero();
        threads.forEach(Runnable::run);
        assertThat(ran).containsExactlyElementsOf(tasks);
    }

    @Test
    void shouldStartAnotherWhenTaskWaitsInsideGoAway() {
        List<Task> tasks = submit(4);

        slots.waitBegins(tasks.get(0));
        assertThat(started()).isEqualTo(3);

        slots.waitEnds(tasks.get(0));
        assertThat(slots.explain(tasks.get(3))).contains("2 slots", "3 tasks run", "0 are queued");
        assertThat(started()).isEqualTo(3);
    }

    @Test
    void shouldNotTakeItsFirstJobsForStalledThatCameBeforeItsFirstTick() {
        long start = Slots.STALL_NANOS * 1000;
        Slots late = new Slots(1, threads::add, Runnable::run, hungry::incrementAndGet, start);
        Task task = new Task();
        task.blocked = true;
        late.submit(task);

        late.onTick(start + Slots.STALL_NANOS - 1);
        assertThat(late.isStuck()).isFalse();
        late.onTick(start + Slots.STALL_NANOS);
        assertThat(late.isStuck()).isTrue();
    }

    @Test
    void shouldStartAnotherInPlaceOfJobThatGaveUpItsSlot() {
        List<Task> tasks = submit(4);

        slots.giveUp(tasks.get(0));
        assertThat(started()).isEqualTo(3);
        assertThat(slots.running()).isEqualTo(2);

        slots.waitBegins(tasks.get(0));
        assertThat(started())
                .as("it has no slot that it could leave to another")
                .isEqualTo(3);
        slots.waitEnds(tasks.get(0));

        threads.remove().run();
        assertThat(ran).as("a thread without a slot has none to go on in").containsExactly(tasks.get(0));
        threads.remove().run();
        assertThat(ran).containsExactly(tasks.get(0), tasks.get(1), tasks.get(3));
    }

    @Test
    void shouldStartAnotherWhenAllAreBlockedForFiftyMilliseconds() {
        List<Task> tasks = submit(4);
        tasks.get(0).blocked = true;
        slots.waitBegins(tasks.get(1)); // the third starts in its place
        tasks.get(2).blocked = true;

        slots.onTick(Slots.STALL_NANOS - 1);
        assertThat(started()).isEqualTo(3);
        slots.onTick(Slots.STALL_NANOS);
        assertThat(started()).isEqualTo(4);
    }

    @Test
    void shouldStartNoneBesideTaskThatComputes() {
        List<Task> tasks = submit(3);
        tasks.get(0).blocked = true;

        slots.onTick(Slots.STALL_NANOS * 2);

        assertThat(started()).isEqualTo(2);
    }

    @Test
    void shouldNotTurnEveryWaitingTaskIntoThread() {
        List<Task> tasks = submit(1000);
        int begun = 0;
        while (begun < started()) {
            slots.waitBegins(tasks.get(begun++));
        }

        assertThat(started()).isEqualTo(128);
        slots.onTick(Slots.STALL_NANOS);
        slots.onTick(Slots.STALL_NANOS + 1);
        assertThat(started()).isEqualTo(129);
    }

    /** What all wait for may be what one of the queue is to do. */
    @Test
    void shouldFillSlotsOneByOneThatStandEmptyBesideTaskThatComputes() {
        List<Task> tasks = submit(1000);
        int begun = 1;
        while (begun < started()) {
            slots.waitBegins(tasks.get(begun++));
        }
        assertThat(started()).isEqualTo(128);

        slots.onTick(Slots.STALL_NANOS);
        slots.onTick(2 * Slots.STALL_NANOS - 1);
        assertThat(started()).isEqualTo(129);
        slots.onTick(2 * Slots.STALL_NANOS);
        assertThat(started()).as("both slots are taken by tasks that compute").isEqualTo(129);
        slots.waitBegins(tasks.get(128));
        slots.onTick(2 * Slots.STALL_NANOS);
        assertThat(started()).isEqualTo(130);
    }

    /** What holds a lock for a while lets those that wait for it go on without further ones. */
    @Test
    void shouldStartNoneBesideWaitingTasksWhileOthersEnd() {
        List<Task> tasks = submit(1000);
        int begun = 1;
        while (begun < started()) {
            slots.waitBegins(tasks.get(begun++));
        }
        slots.onTick(Slots.STALL_NANOS);
        slots.waitBegins(tasks.get(128));
        slots.onTick(2 * Slots.STALL_NANOS - 1);
        threads.remove().run();
        assertThat(slots.running()).isEqualTo(128);

        slots.onTick(2 * Slots.STALL_NANOS);
        assertThat(slots.running()).isEqualTo(128);
        slots.onTick(3 * Slots.STALL_NANOS);
        assertThat(slots.running()).isEqualTo(129);
    }

    @Test
    void shouldAskForAnotherWhileSlotsStandEmptyBesideTaskThatComputes() {
        List<Task> tasks = submit(128);
        int begun = 1;
        while (begun < started()) {
            slots.waitBegins(tasks.get(begun++));
        }
        assertThat(started()).isEqualTo(128);

        slots.onTick(Slots.STALL_NANOS - 1);
        assertThat(slots.isStuck()).isFalse();
        slots.onTick(Slots.STALL_NANOS);
        assertThat(slots.isStuck()).isTrue();
        assertThat(slots.isStuck()).isFalse();
    }

    /** They may look whether one of the queue has done its part. */
    @Test
    void shouldGiveCompanyToTasksThatWaitForAMomentAgainAndAgain() {
        List<Task> tasks = submit(4);
        tasks.forEach(task -> task.blocked = true);

        for (long now = 0; now <= Slots.STALL_NANOS; now += Slots.STALL_NANOS / 10) {
            slots.onTick(now);
            slots.waitBegins(tasks.get(0)); // the third starts in its place, once
            slots.waitEnds(tasks.get(0));
        }

        assertThat(started()).isEqualTo(4);
    }

    @Test
    void shouldTellThatAnotherCouldRunWhileOneWaits() {
        List<Task> tasks = submit(3);
        slots.waitBegins(tasks.get(0));
        assertThat(hungry).hasValue(0);

        slots.waitBegins(tasks.get(1));
        assertThat(hungry).hasValue(1);
        assertThat(slots.waiting()).containsExactlyInAnyOrder(tasks.get(0), tasks.get(1));
    }

    @Test
    void shouldBeStuckOnceInAWhileWhenAllAreBlockedAndNoneIsQueued() {
        List<Task> tasks = submit(2);
        slots.onTick(Slots.STALL_NANOS);
        assertThat(slots.isStuck()).isFalse();

        tasks.forEach(task -> task.blocked = true);
        assertThat(slots.isStuck()).isTrue();
        assertThat(slots.isStuck()).isFalse();
        slots.onTick(2 * Slots.STALL_NANOS);
        assertThat(slots.isStuck()).isTrue();

        submit(1);
        slots.onTick(3 * Slots.STALL_NANOS - 1);
        assertThat(slots.isStuck()).isFalse();
    }

    @Test
    void shouldKeepJobThatGotNoThread() {
        boolean[] full = {true};
        Slots few = new Slots(
                1,
                work -> {
                    if (full[0]) {
                        throw new OutOfMemoryError("no more threads");
                    }
                    work.run();
                    return true;
                },
                Runnable::run,
                () -> {},
                0);
        Task task = new Task();
        few.submit(task);
        assertThat(ran).isEmpty();

        full[0] = false;
        few.onTick(Slots.STALL_NANOS);

        assertThat(ran).containsExactly(task);
    }

    /** Whatever keeps the first from a thread. */
    @Test
    void shouldStartThoseAfterOneThatGotNoThreadAndKeepThatOne() {
        int[] failures = {2};
        Slots few = new Slots(
                2,
                work -> {
                    if (failures[0]-- > 0) {
                        throw new InternalError("no more threads");
                    }
                    return threads.add(work);
                },
                Runnable::run,
                () -> {},
                0);
        List<Task> tasks = List.of(new Task(), new Task(), new Task());

        few.submit(tasks.get(0));
        failures[0] = 1;
        few.submit(tasks.get(1));

        assertThat(started()).isEqualTo(1);
        assertThat(few.queued()).isEqualTo(1);
        few.submit(tasks.get(2));
        threads.forEach(Runnable::run);
        assertThat(ran).containsExactlyInAnyOrderElementsOf(tasks);
    }

    @Test
    void shouldLetRemovedTaskNeverStart() {
        List<Task> tasks = submit(3);

        assertThat(slots.remove(tasks.get(2))).isTrue();
        assertThat(slots.remove(tasks.get(0))).isFalse();
        threads.forEach(Runnable::run);

        assertThat(ran).containsExactly(tasks.get(0), tasks.get(1));
    }

    @Test
    void shouldHandQueueOverToNewThreadsOnceRetired() {
        submit(3);
        slots.retireThreads();

        threads.remove().run();

        assertThat(ran).hasSize(1);
        assertThat(started()).isEqualTo(2);
    }

    /** Who withdrew the others did not find it in the queue any more. */
    @Test
    void shouldRunJobThatGetsNoThreadAnyMoreSoThatItTells() {
        Slots closed = new Slots(1, work -> false, Runnable::run, hungry::incrementAndGet, 0);
        Task task = new Task();

        closed.submit(task);

        assertThat(ran).containsExactly(task);
        assertThat(closed.running()).isZero();
    }

    @Test
    void shouldKeepJobThatCouldNotBeTakenFromTheQueue() {
        int[] calls = {0};
        Task task = new Task() {
            @Override
            public int hashCode() {
                if (++calls[0] == 2) {
                    throw new InternalError("no place among those that run");
                }
                return 1;
            }

            @Override
            public boolean equals(Object other) {
                return this == other;
            }
        };
        slots.submit(task);
        assertThat(started()).isZero();

        slots.onTick(Slots.STALL_NANOS);

        assertThat(started()).isEqualTo(1);
    }
}
