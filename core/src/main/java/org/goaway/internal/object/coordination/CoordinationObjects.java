package org.goaway.internal.object.coordination;

import org.goaway.ClusterBarrier;
import org.goaway.ClusterLatch;
import org.goaway.ClusterLong;
import org.goaway.ClusterSemaphore;
import org.goaway.internal.object.Calls;
import org.goaway.protocol.coordination.Coordination;

/** A node's barriers, semaphores, latches and longs. Their handles keep nothing. Safe for any thread. */
public final class CoordinationObjects {

    private final Coordination coordination;
    private final Calls calls;

    /** @param calls ends the waits when the node closes */
    public CoordinationObjects(Coordination coordination, Calls calls) {
        this.coordination = coordination;
        this.calls = calls;
    }

    public ClusterBarrier barrier(String name, int parties) {
        return new BarrierHandle(name, parties, coordination, calls);
    }

    public ClusterSemaphore semaphore(String name, int permits) {
        return new SemaphoreHandle(name, permits, coordination, calls);
    }

    public ClusterLatch latch(String name, int count) {
        return new LatchHandle(name, count, coordination, calls);
    }

    public ClusterLong atomicLong(String name) {
        return new LongHandle(name, coordination, calls);
    }
}
