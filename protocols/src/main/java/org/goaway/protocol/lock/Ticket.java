package org.goaway.protocol.lock;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ProtocolException;

/**
 * One request for a lock, from asking until granted, refused or cancelled. Written on the event loop; readable from any
 * thread.
 */
public final class Ticket {

    private final CompletableFuture<Long> token = new CompletableFuture<>();
    private final CompletableFuture<Void> queued = new CompletableFuture<>();
    private final ObjectId lock;
    private final long request;
    private final String holder;
    private Repeat repeat;
    private long silence;
    private volatile String heldBy;
    private volatile long base;
    private volatile boolean signalled;

    Ticket(ObjectId lock, long request, String holder, long now) {
        this.lock = lock;
        this.request = request;
        this.holder = holder;
        this.repeat = new Repeat(now);
    }

    /** The lock asked for. */
    public ObjectId lock() {
        return lock;
    }

    /**
     * The fencing token, once the lock is held. Fails with a {@link ProtocolException} when its home has not been heard, or
     * this member has been without its lease, for too long; is cancelled by {@link Locks#cancel}. Not to be completed by others.
     */
    public CompletableFuture<Long> token() {
        return token;
    }

    /**
     * Completed when the home has said that the request has to wait for one that holds; never if it is granted at once. A
     * home that does not know yet whether anybody holds, as at the beginning of an epoch, leaves it open.
     */
    public CompletableFuture<Void> queued() {
        return queued;
    }

    /** Who held the lock when the home last said so; at most about two seconds old. Empty: not known, or nobody. */
    public Optional<String> heldBy() {
        return Optional.ofNullable(heldBy);
    }

    /** Once granted: the token of the last hold that changed the object that the lock guards; 0: none. */
    public long base() {
        return base;
    }

    /** Once granted, for a request that awaited a condition: whether a signal woke it. */
    public boolean signalled() {
        return signalled;
    }

    long request() {
        return request;
    }

    String holder() {
        return holder;
    }

    boolean isDue(long now) {
        return repeat.isDue(now);
    }

    /** It is asked for anew, at another home. */
    void askedAnew(long now) {
        repeat = new Repeat(now);
        heldBy = null;
    }

    /** So much time has passed without a word of the home. Returns how much it is in all. */
    long silentFor(long nanos) {
        silence += nanos;
        return silence;
    }

    void heard() {
        silence = 0;
    }

    void onQueued(Queued answer) {
        heldBy = answer.heldBy();
        if (heldBy != null) {
            queued.complete(null);
        }
    }

    void onGrant(Grant grant) {
        heard();
        base = grant.base();
        signalled = grant.signalled();
        token.complete(grant.token());
    }

    void fail(ProtocolException reason) {
        token.completeExceptionally(reason);
    }

    void cancel() {
        token.cancel(false);
    }
}
