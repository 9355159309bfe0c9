package org.goaway.internal.wire.value;

import java.util.Objects;
import org.goaway.Cluster;
import org.goaway.ClusterBarrier;
import org.goaway.ClusterLatch;
import org.goaway.ClusterLock;
import org.goaway.ClusterLong;
import org.goaway.ClusterSemaphore;
import org.goaway.LinFastRead;
import org.goaway.LinearizableObject;
import org.goaway.StrictCentralized;
import org.goaway.UpdateOnRelease;
import org.goaway.Weak;

/**
 * What is left of a shared object's handle, a lock, a member or a cluster on its way.
 *
 * @param name empty for {@link Kind#CLUSTER}; that of a barrier, semaphore or latch begins with its size, that of a guarded object
 *     with its lock's name, that of a member with its identity
 */
public record Handle(Kind kind, String name) {

    /** What the object is. On the wire by position: only ever append. */
    public enum Kind {
        STRICT_CENTRALIZED,
        LIN_FAST_READ,
        WEAK,
        UPDATE_ON_RELEASE,
        LOCK,
        MEMBER,
        CLUSTER,
        BARRIER,
        SEMAPHORE,
        LATCH,
        LONG,
        GUARDED_STRICT,
        GUARDED_FAST_READ
    }

    public Handle {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    /**
     * Recognises an object by the interfaces of the API that it implements; null if it implements none of them, or is a member:
     * its interface does not tell its identity.
     */
    public static Handle of(Object object) {
        if (object instanceof StrictCentralized strict) {
            return linearizable(Kind.STRICT_CENTRALIZED, Kind.GUARDED_STRICT, strict);
        } else if (object instanceof LinFastRead fast) {
            return linearizable(Kind.LIN_FAST_READ, Kind.GUARDED_FAST_READ, fast);
        } else if (object instanceof Weak weak) {
            return new Handle(Kind.WEAK, weak.name());
        } else if (object instanceof UpdateOnRelease release) {
            return new Handle(Kind.UPDATE_ON_RELEASE, release.name());
        } else if (object instanceof ClusterLock lock) {
            return new Handle(Kind.LOCK, lock.name());
        } else if (object instanceof ClusterBarrier barrier) {
            return sized(Kind.BARRIER, barrier.parties(), barrier.name());
        } else if (object instanceof ClusterSemaphore semaphore) {
            return sized(Kind.SEMAPHORE, semaphore.permits(), semaphore.name());
        } else if (object instanceof ClusterLatch latch) {
            return sized(Kind.LATCH, latch.count(), latch.name());
        } else if (object instanceof ClusterLong number) {
            return new Handle(Kind.LONG, number.name());
        }
        return object instanceof Cluster ? new Handle(Kind.CLUSTER, "") : null;
    }

    private static Handle linearizable(Kind plain, Kind guarded, LinearizableObject object) {
        return object.guard()
                .map(ClusterLock::name)
                .map(lock -> sized(guarded, lock.length(), lock + object.name()))
                .orElseGet(() -> new Handle(plain, object.name()));
    }

    /** That of a member: its name, which is for people, may be another's at another time. {@code id} has no blank. */
    public static Handle ofMember(String id, String name) {
        return new Handle(Kind.MEMBER, id + " " + name);
    }

    private static Handle sized(Kind kind, int size, String name) {
        return new Handle(kind, size + " " + name);
    }

    /** The identity of a member. */
    public String id() {
        return name.substring(0, name.indexOf(' '));
    }

    /** The size of a barrier, semaphore or latch; the length of the lock's name of a guarded object. */
    public int size() {
        return Integer.parseInt(name.substring(0, name.indexOf(' ')));
    }

    /** The name of a barrier, semaphore, latch, guarded object or member without what it begins with. */
    public String ownName() {
        return isGuarded() ? unsized().substring(size()) : unsized();
    }

    /** The name of a guarded object's lock. */
    public String lockName() {
        return unsized().substring(0, size());
    }

    private boolean isGuarded() {
        return kind == Kind.GUARDED_STRICT || kind == Kind.GUARDED_FAST_READ;
    }

    private String unsized() {
        return name.substring(name.indexOf(' ') + 1);
    }
}
