package org.goaway.protocol.kit;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * The events of a simulation, in the order of simulated time; events of the same moment run in an order drawn from the
 * seed.
 */
public final class Schedule {

    private final Random random;
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparingLong(Event::time).thenComparingInt(Event::draw).thenComparingLong(Event::number));
    private long now;
    private long scheduled;

    Schedule(Random random) {
        this.random = random;
    }

    /** Simulated nanoseconds since the beginning. */
    public long now() {
        return now;
    }

    /** Runs {@code action} once {@code delay} has passed. */
    public void after(Duration delay, Runnable action) {
        after(delay.toNanos(), action);
    }

    /** Runs {@code action} once so many nanoseconds have passed. */
    public void after(long delay, Runnable action) {
        events.add(new Event(now + Math.max(0, delay), random.nextInt(), scheduled++, action));
    }

    /** The time of the next event; {@link Long#MAX_VALUE} when there is none. */
    long next() {
        Event event = events.peek();
        return event == null ? Long.MAX_VALUE : event.time;
    }

    void runNext() {
        Event event = events.remove();
        now = event.time;
        event.action.run();
    }

    void skipTo(long time) {
        now = Math.max(now, time);
    }

    private record Event(long time, int draw, long number, Runnable action) {}
}
