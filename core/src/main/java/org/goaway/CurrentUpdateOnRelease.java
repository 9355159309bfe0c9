package org.goaway;

import java.time.Duration;

/** The {@link UpdateOnRelease} of a name in whatever cluster is current at each call. */
final class CurrentUpdateOnRelease extends CurrentObject<UpdateOnRelease> implements UpdateOnRelease {

    CurrentUpdateOnRelease(String name) {
        super(name);
    }

    @Override
    UpdateOnRelease in(Cluster cluster) {
        return cluster.updateOnRelease(name());
    }

    @Override
    public Held acquire() {
        return bound().acquire();
    }

    @Override
    public boolean tryAcquire(Duration atMost) {
        return bound().tryAcquire(atMost);
    }

    @Override
    public void release() {
        bound().release();
    }

    @Override
    public <A> A array(String field, Class<A> type, int length) {
        return bound().array(field, type, length);
    }

    @Override
    public void flush() {
        bound().flush();
    }
}
