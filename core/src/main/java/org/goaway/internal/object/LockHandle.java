package org.goaway.internal.object;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.goaway.ClusterLock;
import org.goaway.Held;
import org.goaway.LockLostException;
import org.goaway.Registration;
import org.goaway.UnavailableException;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.lock.Locks;
import org.goaway.protocol.release.Release;

/** A lock of the cluster, reentrant for its thread. Safe for any thread. */
final class LockHandle implements ClusterLock {

    private final ObjectId id;
    private final Locks locks;
    private final Release release;
    private final Calls calls;
    private final Holds holds;
    private final Values program;
    private final LossListeners losses;
    private final Entrance entrance;

    /**
     * @param release knows of this member's lease
     * @param program whose handle it is: its listeners are dropped with it
     */
    LockHandle(
            ObjectId id, Locks locks, Release release, Calls calls, Holds holds, Values program, LossListeners losses) {
        this.id = id;
        this.locks = locks;
        this.release = release;
        this.calls = calls;
        this.holds = holds;
        this.program = program;
        this.losses = losses;
        this.entrance = new Entrance(id, calls, holds, holder -> new Claim.ForLock(locks, locks.acquire(id, holder)));
    }

    @Override
    public String name() {
        return id.name();
    }

    @Override
    public void lock() {
        requireLease();
        entrance.enterUninterruptibly();
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        requireLease();
        entrance.enter(null);
    }

    @Override
    public boolean tryLock() {
        requireLease();
        return entrance.tryEnter();
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        if (time <= 0) {
            if (Thread.interrupted()) {
                throw new InterruptedException("before trying " + this);
            }
            return tryLock();
        }
        long start = System.nanoTime();
        Duration atMost = Duration.ofNanos(unit.toNanos(time));
        awaitLease(atMost);
        Duration left = atMost.minusNanos(System.nanoTime() - start);
        if (isUnknown() && (left.isNegative() || left.isZero())) {
            return false;
        }
        checkKnown();
        return entrance.enter(left.isNegative() ? Duration.ZERO : left);
    }

    @Override
    public void unlock() {
        awaitLease();
        calls.checkOpen();
        Hold hold = holds.leaving(id, "unlock");
        if (hold.depth() > 1) {
            hold.leave();
            return;
        }
        boolean held = release.isLeased();
        // Before it is forgotten here: what an Error breaks off can be done again, and is when the thread's task ends.
        calls.tell(() -> locks.release(id, hold.token));
        holds.left(hold);
        if (!held) {
            throw new LockLostException("This thread's hold of " + this + " with token " + hold.token
                    + " may have been lost before it was given back: this member is cut off from the majority, and"
                    + " another may hold it by now");
        }
    }

    /**
     * Without its lease this member does not know whether its holds are lost (B2): waits until it has the lease again or knows
     * of the loss, up to the bound of an operation.
     */
    private void awaitLease() {
        awaitLease(Calls.LONGEST);
    }

    private void awaitLease(Duration atMost) {
        if (isUnknown()) {
            calls.pause(
                    calls.start(release::leased),
                    atMost,
                    () -> "the lease of this member, to know whether it holds " + this);
        }
    }

    /** As far as this member knows the thread holds it, but this member may not know that the hold is lost. */
    private boolean isUnknown() {
        return holds.mine(id) != null && !release.isLeased();
    }

    /** For what a thread may do only while it holds the lock: as {@link #awaitLease()}, but nothing is done in ignorance. */
    private void requireLease() {
        awaitLease();
        checkKnown();
    }

    private void checkKnown() {
        calls.checkOpen();
        if (isUnknown()) {
            throw new UnavailableException(
                    "Whether this thread still holds " + this + " is not known: this member is cut"
                            + " off from the majority, and another may hold it by now. Nothing was done: repeat it later, or"
                            + " leave it with unlock()");
        }
    }

    @Override
    public Held hold() {
        requireLease();
        entrance.enterUnlessInterrupted();
        // Where it is lost already, nobody is going to leave it.
        return new HeldOnce(holds, holds.leaving(id, "hold"), this::unlock);
    }

    @Override
    public long token() {
        awaitLease();
        return holds.required(id, "token").token;
    }

    @Override
    public boolean isHeldByCurrentThread() {
        return holds.mine(id) != null;
    }

    @Override
    public Registration onLost(Runnable listener) {
        return losses.add(id, program, Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public Condition newCondition() {
        return condition("");
    }

    @Override
    public Condition condition(String name) {
        return new ConditionHandle(id, Objects.requireNonNull(name, "name"), locks, calls, holds, this::requireLease);
    }

    @Override
    public String toString() {
        return Names.of(id);
    }
}
