package org.goaway.internal.object;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.goaway.GoAwayException;
import org.goaway.protocol.ObjectId;

/** How a thread gets a lock or into a section, again if it is in already. Safe for any thread. */
final class Entrance {

    private final ObjectId id;
    private final Calls calls;
    private final Holds holds;
    private final java.util.function.Function<String, Claim> ask;

    /** @param ask makes a claim on the event loop, given who asks */
    Entrance(ObjectId id, Calls calls, Holds holds, java.util.function.Function<String, Claim> ask) {
        this.id = id;
        this.calls = calls;
        this.holds = holds;
        this.ask = ask;
    }

    /** Waits without bound, whatever interrupts. */
    void enterUninterruptibly() {
        if (enteredAgain()) {
            return;
        }
        Asked asked = ask();
        boolean in = false;
        try {
            entered(calls.awaitUninterruptibly(asked.token(), reason(asked)));
            in = true;
        } finally {
            if (!in) {
                asked.giveUp();
            }
        }
    }

    /** Waits without bound; an interrupt ends the wait with an exception and stays set. */
    void enterUnlessInterrupted() {
        enterUnlessInterrupted(null);
    }

    /** Waits up to {@code atMost}; an interrupt ends the wait with an exception and stays set. Returns whether it is in. */
    boolean enterUnlessInterrupted(Duration atMost) {
        try {
            return enter(atMost);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new GoAwayException("Interrupted while waiting for " + Names.of(id) + ": it is not held", interrupt);
        }
    }

    /** Waits up to {@code atMost}, null: without bound. Returns whether the thread is in. */
    boolean enter(Duration atMost) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("before waiting for " + Names.of(id));
        }
        if (enteredAgain()) {
            return true;
        }
        Asked asked = ask();
        boolean in = false;
        try {
            entered(calls.await(asked.token(), atMost, reason(asked)));
            in = true;
        } catch (TimeoutException late) {
            // told by the result
        } finally {
            if (!in) {
                asked.giveUp();
            }
        }
        return in;
    }

    /** Asks the home once. Returns whether the thread is in. */
    boolean tryEnter() {
        if (enteredAgain()) {
            return true;
        }
        Asked asked = ask();
        boolean in = false;
        try {
            calls.awaitUninterruptibly(asked.answered(), reason(asked));
            if (asked.token().isDone()) {
                entered(calls.awaitUninterruptibly(asked.token(), reason(asked)));
                in = true;
            }
        } finally {
            if (!in) {
                asked.giveUp();
            }
        }
        return in;
    }

    private boolean enteredAgain() {
        calls.checkOpen();
        Hold mine = holds.mine(id);
        if (mine != null) {
            mine.enterAgain();
        }
        return mine != null;
    }

    private Asked ask() {
        String holder = holds.holder();
        return new Asked(calls, () -> ask.apply(holder));
    }

    private void entered(long token) {
        holds.entered(id, token, 1);
    }

    private Supplier<String> reason(Asked asked) {
        return holds.waitingFor(Names.of(id), asked::heldBy);
    }
}
