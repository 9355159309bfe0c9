package org.goaway.internal.object;

import java.util.Objects;
import org.goaway.ClusterLock;
import org.goaway.StaleTokenException;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Fence;
import org.goaway.protocol.ObjectId;

/** The lock under which a handle writes, if any. Safe for any thread. */
interface Guard {

    /** No lock. */
    Guard NONE = () -> null;

    /** What the current thread's write carries; null: nothing. Throws as {@link ClusterLock#token()} does. */
    Fence fence();

    /** Writes carry the token of the current thread's hold of {@code lock}. */
    static Guard by(ClusterLock lock) {
        Objects.requireNonNull(lock, "lock");
        return () -> new Fence(new ObjectId(ObjectId.Kind.LOCK, lock.name()), lock.token());
    }

    /** The write under {@code fence} was refused. */
    default StaleTokenException stale(String what, Fence fence, Answer answer) {
        return new StaleTokenException(what + " was refused: it came with token " + fence.token() + " of "
                + Names.of(fence.lock()) + ", and the object has seen "
                + answer.version().count()
                + ". The lock was lost meanwhile: nothing was done; get the lock again and look before you write");
    }
}
