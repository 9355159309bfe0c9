package org.goaway.protocol.coordination;

import java.util.concurrent.CompletableFuture;

/**
 * A thread's wait at a barrier, for a permit or for a latch, as its member knows it. One writer: the event loop. {@link
 * #standing} may be asked from any thread.
 */
public final class Wait {

    /** Whether a failure may have had an effect on others: an arrival at a barrier may have let them pass. */
    final boolean felt;

    final long place;
    final CompletableFuture<Ended> ended = new CompletableFuture<>();
    final CompletableFuture<Void> answered = new CompletableFuture<>();
    /** Whether its command has been answered: it is not under way any more. */
    boolean applied;

    boolean givenUp;
    private volatile long standing = -1;

    Wait(long place, boolean felt) {
        this.place = place;
        this.felt = felt;
    }

    /** How it ended; fails with a {@link org.goaway.protocol.ProtocolException} where that cannot be known. */
    public CompletableFuture<Ended> ended() {
        return ended;
    }

    /** Completed when the log has answered that it has to wait, or it has ended. */
    public CompletableFuture<Void> answered() {
        return answered;
    }

    /** How far it has come, as {@link Waits#standing} says, at most about a second ago; -1: not known. */
    public long standing() {
        return standing;
    }

    void waits(long now) {
        standing = now;
        answered.complete(null);
    }

    void end(Ended how) {
        ended.complete(how);
        answered.complete(null);
    }

    void fail(RuntimeException why) {
        ended.completeExceptionally(why);
        answered.complete(null);
    }
}
