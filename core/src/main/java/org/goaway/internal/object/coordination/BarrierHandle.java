package org.goaway.internal.object.coordination;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.goaway.BarrierBrokenException;
import org.goaway.ClusterBarrier;
import org.goaway.MemberLeftException;
import org.goaway.internal.object.Calls;
import org.goaway.protocol.coordination.Coordination;
import org.goaway.protocol.coordination.Ended;

/** A barrier of the cluster. Safe for any thread. */
record BarrierHandle(String name, int parties, Coordination coordination, Calls calls) implements ClusterBarrier {

    BarrierHandle {
        Objects.requireNonNull(name, "name");
        if (parties < 1) {
            throw new IllegalArgumentException("barrier '" + name + "' needs at least 1 party, not " + parties);
        }
    }

    @Override
    public int await() throws InterruptedException {
        try {
            return pass(null);
        } catch (TimeoutException impossible) {
            throw new IllegalStateException("a wait without bound timed out", impossible);
        }
    }

    @Override
    public int await(Duration atMost) throws InterruptedException, TimeoutException {
        return pass(Objects.requireNonNull(atMost, "atMost"));
    }

    private int pass(Duration atMost) throws InterruptedException, TimeoutException {
        Ended ended = Waiter.await(coordination, calls, () -> coordination.arrive(name, parties), atMost, this::reason);
        return switch (ended.how()) {
            case PASSED -> ended.index();
            case BROKEN ->
                throw new BarrierBrokenException(
                        "another party of " + this + " gave up: await again for the next round");
            case MEMBER_LEFT ->
                throw new MemberLeftException(
                        calls.named(String.valueOf(ended.lost())) + " left, which is a party of " + this
                                + " or may be: nobody has passed. Await again, with as many parties, for the next round",
                        false);
            case TAKEN_BACK, REFUSED, FORFEITED ->
                throw new TimeoutException("not all parties came to " + this + " within " + atMost.toMillis()
                        + " ms: this round has ended for those that are there");
        };
    }

    private String reason(long there) {
        return there < 0 ? toString() : this + ": " + there + " of " + parties + " parties are there";
    }

    @Override
    public String toString() {
        return "barrier '" + name + "'";
    }
}
