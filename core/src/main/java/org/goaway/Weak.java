package org.goaway;

import java.util.concurrent.CompletableFuture;

/**
 * An object whose reads and writes are both local: for what may be seen late, as progress and statistics.
 *
 * <p>A write is in this member's memory when {@code set} returns, and at the others a little later; a read gives what this
 * member knows. No order between fields or members is promised, and a value may be overtaken before anyone has seen it.
 * All replicas converge: of two writes of a field one is the later for all members. A member sees its own writes at once.
 *
 * <p>Nothing waits for other members but {@link #sync()}, and a {@code set} while more than 16 MB of earlier ones are under
 * way: then it returns when some of them were acknowledged, or after the configured time, and the log says so once a minute, with
 * the object and the members waited for. It never fails for that. Writes of a member that is lost before it has synced may be lost
 * with it; reads and writes of the others go on.
 */
public interface Weak extends SharedObject {

    /**
     * Waits until what this member has set on this object up to now is installed on all members: one round trip.
     *
     * @throws UnavailableException if a member does not answer in the configured time; it names it. The writes stay, and go
     *     on being sent
     */
    void sync();

    /** Does what {@link #sync()} does, without waiting; the future fails as that throws. */
    CompletableFuture<Void> syncAsync();
}
