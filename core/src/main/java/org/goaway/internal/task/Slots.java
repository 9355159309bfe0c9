package org.goaway.internal.task;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Decides when a queued task starts. A slot is taken by a task that runs and given up by one that waits inside a call of
 * GoAway; it goes on without asking for a slot when its wait ends, so tasks that wait for each other never wait for slots.
 *
 * <p>So that 100,000 tasks that all wait for one lock do not become 100,000 threads, no more than {@link #EAGER} times the
 * slots are started that way. Beyond it, while slots stand empty since so many wait, and where all tasks that run are
 * blocked, also outside of GoAway, another starts when the first of the queue has waited for {@link #STALL_NANOS} and no
 * other has started or ended for as long. That tasks which run have waited and gone on meanwhile counts for nothing: they may look
 * again and again for what one of the queue is to do.
 *
 * <p>A task whose end is told while its thread goes on gives its slot up for good: its spawner counts it no longer and
 * sends others, which would wait behind it for ever if it heeds no interrupt. So does a cancelled one that has not heeded its
 * interrupt for a second.
 *
 * <p>The state is guarded by the monitor; threads are started outside of it, by the event loop or a thread that has just
 * ended a task.
 */
final class Slots {

    private static final Logger LOG = LogManager.getLogger(Slots.class);

    static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    static final int EAGER = 16;
    private static final int LEAST_EAGER = 128;

    /** A task that is to run in a slot. Equal only to itself. */
    interface Job {

        /** Runs it; throws nothing. */
        void run();

        /** Whether its thread is blocked, as far as Java can tell; it has a thread when it runs. */
        boolean isBlocked();
    }

    private final int limit;
    private final int mostEager;
    private final Predicate<Runnable> threads;
    private final Executor loop;
    private final Runnable hungry;
    /** The jobs that wait to start, first come first, with the time since when. */
    private final Map<Job, Long> queue = new LinkedHashMap<>();

    private final Set<Job> running = new HashSet<>();
    private final Set<Job> waiting = new HashSet<>();
    private volatile int retired;
    private long now;
    /** When a job started, ended, or was asked for, last. */
    private long lastStart;

    /**
     * @param limit how many slots there are
     * @param threads starts a thread; false: not any more, and then a job that is run does nothing but tell that
     * @param loop the event loop
     * @param hungry told when another job could run while one waits, but none is queued
     * @param nanos what time it is: jobs may come before the first tick
     */
    Slots(int limit, Predicate<Runnable> threads, Executor loop, Runnable hungry, long nanos) {
        this.limit = limit;
        this.mostEager = Math.max(LEAST_EAGER, EAGER * limit);
        this.threads = threads;
        this.loop = loop;
        this.hungry = hungry;
        this.now = nanos;
        this.lastStart = nanos;
    }

    /** Starts the job when there is a slot; throws only where it cannot be queued. On the event loop. */
    void submit(Job job) {
        synchronized (this) {
            try {
                queue.put(job, now);
            } catch (Throwable e) { // there may be no memory for its place, or, once it has that, for more places
                queue.remove(job);
                throw e;
            }
        }
        try {
            startFree();
        } catch (Throwable e) {
            warn(e);
        }
    }

    /** Takes a job out of the queue; false if it is not there (any more). */
    synchronized boolean remove(Job job) {
        return queue.remove(job) != null;
    }

    /** The thread of {@code job} begins to wait. */
    void waitBegins(Job job) {
        boolean another;
        boolean none;
        synchronized (this) {
            if (!running.contains(job)) {
                return; // it has given up its slot
            }
            waiting.add(job);
            another = mayStart();
            none = queue.isEmpty() && hasFree();
        }
        if (another) {
            loop.execute(this::startFree);
        } else if (none) {
            hungry.run();
        }
    }

    /** The thread of {@code job} goes on. */
    synchronized void waitEnds(Job job) {
        waiting.remove(job);
    }

    /** The thread of {@code job} goes on without a slot until it ends. */
    void giveUp(Job job) {
        boolean another;
        synchronized (this) {
            ended(job);
            another = mayStart();
        }
        if (another) {
            loop.execute(this::startFree);
        }
    }

    /** Time has passed. On the event loop. */
    void onTick(long nanos) {
        Job stalled = null;
        synchronized (this) {
            now = nanos;
            if (isStalled()) {
                stalled = take();
            }
        }
        if (stalled != null) {
            start(stalled);
        }
    }

    /** How many jobs run, those that wait included and those that have given up their slots excluded. */
    synchronized int running() {
        return running.size();
    }

    /** How many jobs wait to start. */
    synchronized int queued() {
        return queue.size();
    }

    /** What a queued job waits for; null if it is not queued. */
    synchronized String explain(Job job) {
        if (!queue.containsKey(job)) {
            return null;
        }
        int before = 0;
        for (Job queued : queue.keySet()) {
            if (queued == job) {
                break;
            }
            before++;
        }
        return "waits for one of " + limit + " slots: " + running.size() + " tasks run there, " + waiting.size()
                + " of them wait, " + before + " are queued before it";
    }

    private boolean mayStart() {
        return !queue.isEmpty() && hasFree();
    }

    private boolean hasFree() {
        return isAnyEmpty() && !isFull();
    }

    private boolean isAnyEmpty() {
        return running.size() - waiting.size() < limit;
    }

    /** Whether as many run as are started at once. */
    private boolean isFull() {
        return running.size() >= mostEager;
    }

    private boolean isStalled() {
        return !queue.isEmpty() && now - queue.values().iterator().next() >= STALL_NANOS && needsAnother();
    }

    private boolean needsAnother() {
        return now - lastStart >= STALL_NANOS && ((isFull() && isAnyEmpty()) || allBlocked());
    }

    private boolean allBlocked() {
        return running.stream().allMatch(job -> waiting.contains(job) || job.isBlocked());
    }

    /** Whether another job is needed, since those that run may wait for it, and none is queued. True once in a while. */
    synchronized boolean isStuck() {
        boolean stuck = queue.isEmpty() && !running.isEmpty() && needsAnother();
        if (stuck) {
            lastStart = now;
        }
        return stuck;
    }

    /** The jobs that run and wait inside a call of GoAway. */
    synchronized List<Job> waiting() {
        return List.copyOf(waiting);
    }

    /** How many jobs beyond the slots are started while as many wait. */
    int mostExtra() {
        return mostEager - limit;
    }

    private Job take() {
        Job job = queue.keySet().iterator().next();
        running.add(job); // first: it takes memory, and then the job is still in the queue
        queue.remove(job);
        lastStart = now;
        return job;
    }

    /** At most as many as there are slots: one that gets no thread is in the queue again. */
    private void startFree() {
        Job job = takeFree();
        for (int tried = 1; job != null; tried++) {
            start(job);
            job = tried < limit ? takeFree() : null;
        }
    }

    private synchronized Job takeFree() {
        return mayStart() ? take() : null;
    }

    /** Throws nothing, so that those after it start, too. */
    private void start(Job job) {
        int at = retired;
        try {
            Runnable work = () -> work(job, at);
            if (!threads.test(work)) {
                work.run(); // who withdrew the others did not find it in the queue any more
            }
        } catch (Throwable e) { // there may be no memory for a thread
            synchronized (this) {
                ended(job);
                queue.put(job, now);
            }
            warn(e);
        }
    }

    private static void warn(Throwable why) {
        try {
            LOG.warn("no thread could be started for a task; it stays queued", why);
        } catch (Throwable silenced) {
            // Where there is no memory to say so, those after it are to start all the same.
        }
    }

    /** A thread runs one job after the other while there are slots. */
    private void work(Job first, int at) {
        Job job = first;
        while (job != null) {
            try {
                job.run();
            } catch (Throwable e) { // the memory may be full, and this thread may be of no use any more
                failed(job, e);
                return;
            }
            job = next(job, at);
        }
    }

    /** Its slot is free, whatever else can be done. */
    private void failed(Job job, Throwable why) {
        ended(job);
        try {
            loop.execute(this::startFree);
        } finally {
            LOG.error("a task's thread ended before its time", why);
        }
    }

    private synchronized Job next(Job ended, int at) {
        ended(ended);
        if (!mayStart()) {
            return null;
        }
        if (at != retired) {
            loop.execute(this::startFree);
            return null;
        }
        return take();
    }

    /** Lets the threads that run jobs now run no further ones. */
    synchronized void retireThreads() {
        retired++;
    }

    private synchronized void ended(Job job) {
        waiting.remove(job);
        if (running.remove(job)) {
            lastStart = now; // those that wait for one another go on as well as by a start; it ends but once
        }
    }
}
