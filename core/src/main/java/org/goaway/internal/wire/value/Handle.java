package org.goaway.internal.wire.value;

import java.util.Objects;
import org.goaway.Cluster;
import org.goaway.ClusterLock;
import org.goaway.LinFastRead;
import org.goaway.Member;
import org.goaway.StrictCentralized;
import org.goaway.UpdateOnRelease;
import org.goaway.Weak;

/**
 * What is left of a shared object's handle, a lock, a member or a cluster on its way.
 *
 * @param name empty for {@link Kind#CLUSTER}
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
        CLUSTER
    }

    public Handle {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    /** Recognises an object by the interfaces of the API that it implements; null if it implements none of them. */
    public static Handle of(Object object) {
        if (object instanceof StrictCentralized strict) {
            return new Handle(Kind.STRICT_CENTRALIZED, strict.name());
        } else if (object instanceof LinFastRead fast) {
            return new Handle(Kind.LIN_FAST_READ, fast.name());
        } else if (object instanceof Weak weak) {
            return new Handle(Kind.WEAK, weak.name());
        } else if (object instanceof UpdateOnRelease release) {
            return new Handle(Kind.UPDATE_ON_RELEASE, release.name());
        } else if (object instanceof ClusterLock lock) {
            return new Handle(Kind.LOCK, lock.name());
        } else if (object instanceof Member member) {
            return new Handle(Kind.MEMBER, member.name());
        }
        return object instanceof Cluster ? new Handle(Kind.CLUSTER, "") : null;
    }
}
