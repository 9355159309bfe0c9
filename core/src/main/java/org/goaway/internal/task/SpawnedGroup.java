package org.goaway.internal.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.goaway.ClusterClosedException;
import org.goaway.GoAwayException;
import org.goaway.TaskGroup;
import org.goaway.TaskOptions;
import org.goaway.internal.code.Application;
import org.goaway.internal.task.SpawnedTask.Outcome;
import org.goaway.internal.task.TaskHost.TaskMember;
import org.goaway.internal.wire.Codec;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.protocol.MemberId;

/**
 * The tasks of one {@code map}. Items are encoded and handed out as members get free: each has at most as many of this
 * group as it has slots, so a slow member gets fewer. Safe for any thread; the state is guarded by the monitor.
 */
final class SpawnedGroup<T, R> implements TaskGroup<R> {

    private final Spawner spawner;
    private final Shape shape;
    private final Object fn;
    private final Application application;
    private final Predicate<TaskMember> eligible;
    private final List<T> items;
    private final List<SpawnedTask<R>> tasks = new ArrayList<>();
    /** Where those are that were handed out and have not ended. */
    private final Map<SpawnedTask<?>, MemberId> places = new HashMap<>();

    private final Map<MemberId, Integer> handedOut = new HashMap<>();
    private final List<SpawnedTask<R>> ended = new ArrayList<>();
    private CompletableFuture<Void> oneMore = new CompletableFuture<>();
    private int next;
    private volatile Progress progress;

    SpawnedGroup(Spawner spawner, TaskOptions options, Shape shape, Object fn, List<T> items) {
        this.spawner = spawner;
        this.shape = shape;
        this.items = items;
        this.eligible = Eligibility.of(options);
        this.application = spawner.applicationOf(fn);
        this.fn = copy(application.codec(), fn);
        for (int i = 0; i < items.size(); i++) {
            tasks.add(spawner.newTask(options, application));
        }
    }

    /** What {@code fn} captured may change from now on. One that cannot travel is refused here, not by each of the tasks. */
    private static Object copy(Codec codec, Object fn) {
        byte[] encoded = codec.encode(fn);
        try {
            return codec.decode(encoded);
        } catch (CorruptException e) {
            return fn; // what it captured can be bound in tasks alone: a cluster, where none is the current one here
        }
    }

    /** Begins to hand out. */
    void start() {
        if (!tasks.isEmpty()) {
            SpawnedTask<R> first = tasks.get(0);
            if (!Eligibility.isBound(first.options()) && !spawner.isAnyEligible(eligible)) {
                throw spawner.refusal(first);
            }
            spawner.add(this);
            handOut();
        }
    }

    /** Starts as many tasks as there are free slots, or ends them all if no member is left that may run them. */
    void handOut() {
        if (!spawner.mayAnyRun(eligible)) {
            endUnsent(task -> task.end(Outcome.failed(spawner.refusal(task))));
            return;
        }
        while (true) {
            int index;
            TaskMember target;
            Set<MemberId> leaving = spawner.leaving(); // not under the lock below, which is taken under that one
            synchronized (this) {
                while (next < tasks.size() && tasks.get(next).hasEnded()) {
                    next++;
                }
                if (next == tasks.size()) {
                    return;
                }
                target = spawner.placement()
                        .place(member -> !leaving.contains(member.id()) && eligible.test(member) && hasRoom(member));
                if (target == null) {
                    return;
                }
                index = next++;
                placed(tasks.get(index), target.id());
            }
            handOut(index, target);
        }
    }

    synchronized int notHandedOut() {
        return tasks.size() - next;
    }

    private boolean hasRoom(TaskMember member) {
        return handedOut.getOrDefault(member.id(), 0) < member.slots();
    }

    private void handOut(int index, TaskMember target) {
        SpawnedTask<R> task = tasks.get(index);
        byte[] work;
        try {
            task.whenEnded(() -> endedAtMember(task));
            work = spawner.encode(task.application(), fn, items.get(index));
        } catch (Throwable e) { // code of the program runs, and the memory may be full
            spawner.placement().ended(target.id());
            task.end(Outcome.failed(refusal(task, e)));
            return;
        }
        try {
            if (!spawner.send(task, shape, work, target, this)) {
                task.end(Outcome.failed(spawner.refusal(task)));
            }
        } catch (Throwable e) { // nobody else would end it
            task.end(Outcome.failed(new GoAwayException(
                    task.describe() + " may not have been started: handing it out was broken off by " + e, e)));
        }
    }

    private static RuntimeException refusal(SpawnedTask<?> task, Throwable cause) {
        return cause instanceof RuntimeException exception
                ? exception
                : new GoAwayException(
                        task.describe() + " was not started: its item could not be encoded: " + cause, cause);
    }

    /** A task that was handed out is at {@code member} now. */
    synchronized void placed(SpawnedTask<?> task, MemberId member) {
        leave(places.put(task, member));
        handedOut.merge(member, 1, Integer::sum);
    }

    private void leave(MemberId member) {
        if (member != null) {
            handedOut.merge(member, -1, Integer::sum);
        }
    }

    private void endedAtMember(SpawnedTask<R> task) {
        synchronized (this) {
            leave(places.remove(task));
        }
        ended(task);
        handOut();
    }

    private void ended(SpawnedTask<R> task) {
        CompletableFuture<Void> news;
        boolean all;
        synchronized (this) {
            ended.add(task);
            all = ended.size() == tasks.size();
            if (all) {
                endProgress(); // before anybody knows that it is the last, and may close the cluster
            }
            news = oneMore;
            oneMore = new CompletableFuture<>();
        }
        news.complete(null);
        if (all) {
            spawner.remove(this);
        }
    }

    private synchronized void endProgress() {
        if (progress != null) {
            progress.end(tasks.size());
        }
    }

    @Override
    public List<R> join() {
        List<R> results = new ArrayList<>(tasks.size());
        for (SpawnedTask<R> task : tasks) {
            results.add(task.join());
        }
        endProgress(); // the callbacks may not have come to it, and who closes the cluster now ends what prints it
        return java.util.Collections.unmodifiableList(results);
    }

    @Override
    public Stream<R> asCompleted() {
        return StreamSupport.stream(new Completed(), false);
    }

    /** The results in the order in which the tasks ended. */
    private final class Completed extends Spliterators.AbstractSpliterator<R> {
        private int at;

        Completed() {
            super(
                    tasks.size(),
                    Spliterator.ORDERED); // not SIZED: that would let count() skip the tasks and their failures
        }

        @Override
        public boolean tryAdvance(Consumer<? super R> action) {
            if (at == tasks.size()) {
                return false;
            }
            action.accept(ended(at++).join());
            return true;
        }
    }

    /** The task that was the {@code n}th to end, from 0; waits for it. */
    private SpawnedTask<R> ended(int n) {
        while (true) {
            CompletableFuture<Void> news;
            synchronized (this) {
                if (n < ended.size()) {
                    return ended.get(n);
                }
                news = oneMore;
            }
            try {
                spawner.waits().await(news, null, () -> "the next of " + tasks.size() + " tasks", () -> null);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new GoAwayException("interrupted while waiting for the next of " + tasks.size() + " tasks", e);
            } catch (TimeoutException e) {
                throw new IllegalStateException("a wait without bound ended", e);
            }
        }
    }

    @Override
    public void cancel() {
        endUnsent(task -> task.cancel(true));
        tasks.forEach(task -> task.cancel(true));
    }

    /** The cluster closes: what was not handed out never will be. */
    void close() {
        endUnsent(task -> task.end(Outcome.failed(
                new ClusterClosedException("the cluster was closed before " + task.describe() + " was handed out"))));
    }

    /** The member is lost; if the program was started there, what was not handed out never will be. */
    void onGone(MemberId member) {
        if (application.version().origin().equals(member)) {
            List<SpawnedTask<R>> unsent = takeUnsent(); // at once: what ends next lets more be handed out
            spawner.callbacks()
                    .execute(() -> end(
                            unsent, task -> task.end(Outcome.failed(spawner.lostWithProgram(task, member, false)))));
        }
    }

    private void endUnsent(Consumer<SpawnedTask<R>> end) {
        end(takeUnsent(), end);
    }

    private synchronized List<SpawnedTask<R>> takeUnsent() {
        List<SpawnedTask<R>> unsent = List.copyOf(tasks.subList(next, tasks.size()));
        next = tasks.size();
        return unsent;
    }

    private void end(List<SpawnedTask<R>> unsent, Consumer<SpawnedTask<R>> end) {
        unsent.forEach(task -> {
            end.accept(task);
            task.whenEnded(() -> ended(task));
        });
    }

    @Override
    public synchronized TaskGroup<R> showProgress() {
        if (progress == null) {
            progress = spawner.newProgress(tasks.size());
            if (ended.size() == tasks.size()) {
                progress.end(tasks.size());
            }
        }
        return this;
    }

    void onTick() {
        Progress shown = progress;
        if (shown != null) {
            int now;
            synchronized (this) {
                now = ended.size();
            }
            shown.onTick(now);
        }
    }
}
