package org.goaway.internal.object;

import java.util.Objects;
import java.util.Optional;
import org.goaway.ClusterLock;
import org.goaway.StaleTokenException;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Fence;
import org.goaway.protocol.ObjectId;

/**
 * Under which lock a handle writes. Safe for any thread.
 *
 * @param lock empty: under none
 */
record Guard(Optional<ClusterLock> lock) {

    static final Guard NONE = new Guard(Optional.empty());

    /** Writes carry the token of the current thread's hold of {@code lock}. */
    static Guard by(ClusterLock lock) {
        return new Guard(Optional.of(Objects.requireNonNull(lock, "lock")));
    }

    /** What the current thread's write carries; null: nothing. Throws as {@link ClusterLock#token()} does. */
    Fence fence() {
        return lock.map(by -> new Fence(new ObjectId(ObjectId.Kind.LOCK, by.name()), by.token()))
                .orElse(null);
    }

    /** The write under {@code fence} was refused. */
    StaleTokenException stale(String what, Fence fence, Answer answer) {
        return new StaleTokenException(what + " was refused: it came with token " + fence.token() + " of "
                + Names.of(fence.lock()) + ", and the object has seen "
                + answer.version().count()
                + ". The lock was lost meanwhile: nothing was done; get the lock again and look before you write");
    }
}
