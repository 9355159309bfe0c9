package org.goaway.internal.object;

import java.time.Duration;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.function.Supplier;
import org.goaway.ClusterClosedException;
import org.goaway.LockLostException;
import org.goaway.UnavailableException;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.lock.Locks;
import org.goaway.protocol.lock.Ticket;

/** A named condition of a lock, shared by all members. Safe for any thread. */
final class ConditionHandle implements Condition {

    /** How a wait ended, the lock being held again. */
    private enum End {
        SIGNALLED,
        TIMED_OUT,
        INTERRUPTED
    }

    private final ObjectId id;
    private final String name;
    private final Locks locks;
    private final Calls calls;
    private final Holds holds;
    private final Runnable requireLease;

    /** @param requireLease waits, or throws, where this member does not know whether the thread's hold is lost */
    ConditionHandle(ObjectId id, String name, Locks locks, Calls calls, Holds holds, Runnable requireLease) {
        this.id = id;
        this.name = name;
        this.locks = locks;
        this.calls = calls;
        this.holds = holds;
        this.requireLease = requireLease;
    }

    private Hold required(String operation) {
        requireLease.run();
        return holds.required(id, operation);
    }

    @Override
    public void await() throws InterruptedException {
        signalled(null);
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return signalled(Duration.ofNanos(unit.toNanos(Math.max(0, time)))) == End.SIGNALLED;
    }

    @Override
    public long awaitNanos(long nanosTimeout) throws InterruptedException {
        long start = System.nanoTime();
        signalled(Duration.ofNanos(Math.max(0, nanosTimeout)));
        return nanosTimeout - (System.nanoTime() - start);
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // Condition asks for it
    public boolean awaitUntil(Date deadline) throws InterruptedException {
        long now = System.currentTimeMillis();
        long millis = deadline.getTime() <= now ? 0 : deadline.getTime() - now;
        return signalled(Duration.ofMillis(millis)) == End.SIGNALLED;
    }

    @Override
    public void awaitUninterruptibly() {
        Hold hold = required("await");
        Waiter waiter = new Waiter(hold);
        waiter.regain();
    }

    private End signalled(Duration atMost) throws InterruptedException {
        Hold hold = required("await");
        if (Thread.interrupted()) {
            throw new InterruptedException("before waiting for " + this);
        }
        End end = new Waiter(hold).end(atMost);
        if (end == End.INTERRUPTED) {
            throw new InterruptedException("while waiting for " + this);
        }
        return end;
    }

    @Override
    public void signal() {
        Hold hold = required("signal");
        calls.checkOpen();
        calls.tell(() -> locks.signal(id, hold.token, name));
    }

    @Override
    public void signalAll() {
        Hold hold = required("signalAll");
        calls.checkOpen();
        calls.tell(() -> locks.signalAll(id, hold.token, name));
    }

    @Override
    public String toString() {
        return (name.isEmpty() ? "the condition" : "condition '" + name + "'") + " of " + Names.of(id);
    }

    /** One thread's wait. The thread has no hold from the first line to the last but one. */
    private final class Waiter {

        private final Hold before;
        private final boolean had;
        private final CompletableFuture<Long> token;
        private final Supplier<String> reason;
        private volatile Ticket ticket;

        Waiter(Hold hold) {
            calls.checkOpen();
            before = hold;
            had = holds.left(hold);
            token = calls.start(() -> {
                if (holds.isLost(before)) {
                    throw Holds.exception(before);
                }
                ticket = locks.await(id, before.token, name);
                return ticket.token();
            });
            reason = holds.waitingFor(ConditionHandle.this.toString(), () -> "");
        }

        End end(Duration atMost) {
            End end = orGiveUp(() -> first(atMost));
            if (end != End.SIGNALLED) {
                calls.tell(this::wake);
            }
            regain();
            return end == End.SIGNALLED || !ticket.signalled() ? end : signalledAfterAll(end);
        }

        private End first(Duration atMost) {
            try {
                calls.await(token, atMost, reason);
                return End.SIGNALLED;
            } catch (TimeoutException late) {
                return End.TIMED_OUT;
            } catch (InterruptedException interrupt) {
                return End.INTERRUPTED;
            }
        }

        /** The signal came first, so it must not be lost: the wait counts as signalled. */
        private End signalledAfterAll(End end) {
            if (end == End.INTERRUPTED) {
                Thread.currentThread().interrupt();
            }
            return End.SIGNALLED;
        }

        void regain() {
            long granted = orGiveUp(() -> calls.awaitUninterruptibly(token, reason));
            holds.entered(id, granted, before.depth());
        }

        /** However a wait fails: a grant that comes later must not go to a thread that has left, and who unlocks is told. */
        private <T> T orGiveUp(Supplier<T> wait) {
            boolean over = false;
            try {
                T result = wait.get();
                over = true;
                return result;
            } catch (ClusterClosedException closed) {
                over = true; // nothing is locked any more, and nobody is to hear of losses
                throw closed;
            } catch (UnavailableException lost) {
                throw lost(lost);
            } finally {
                if (!over) {
                    calls.tell(this::giveUp);
                    holds.notRegained(before, had);
                }
            }
        }

        private void wake() {
            if (ticket != null) {
                locks.wake(ticket);
            }
        }

        private void giveUp() {
            if (ticket != null) {
                new Claim.ForLock(locks, ticket).giveUp();
            }
        }

        private LockLostException lost(UnavailableException cause) {
            return new LockLostException(
                    Names.of(id) + " cannot be had again after waiting for " + ConditionHandle.this + ": "
                            + cause.getMessage() + ". This thread does not hold it any more",
                    cause);
        }
    }
}
