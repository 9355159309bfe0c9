package org.goaway.protocol.kit;

import java.time.Duration;
import org.goaway.protocol.Clock;

/** A member's clocks: the monotonic one runs wrong by a fixed share and stands still while the host sleeps. */
final class SimulatedClock implements Clock {

    private final Schedule schedule;
    private long origin;
    private double error;
    private long slept;
    private long asleepSince = -1;
    private long wallAhead;

    SimulatedClock(Schedule schedule, long origin) {
        this.schedule = schedule;
        this.origin = origin;
    }

    @Override
    public long nanos() {
        long awake = (asleepSince < 0 ? schedule.now() : asleepSince) - slept;
        return origin + awake + (long) (awake * error);
    }

    long wallMillis() {
        return (schedule.now() + wallAhead) / 1_000_000;
    }

    void runWrong(double share) {
        long before = nanos();
        error = share;
        origin += before - nanos();
    }

    void jumpWall(Duration by) {
        wallAhead += by.toNanos();
    }

    void sleep() {
        asleepSince = schedule.now();
    }

    void wake() {
        slept += schedule.now() - asleepSince;
        asleepSince = -1;
    }
}
