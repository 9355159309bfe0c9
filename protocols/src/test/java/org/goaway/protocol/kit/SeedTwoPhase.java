package org.goaway.protocol.kit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;

/**
 * The protocol that the fast-read objects replace, for one register (spec/SeedTwoPhase.tla): a read returns the local
 * copy at once; a write locks all members one after another in a fixed order, then installs the value and unlocks in the
 * same order. It repeats nothing, so it needs a network that loses nothing; even so it is not linearizable, because one
 * member shows the new value while another still shows the old one.
 */
public final class SeedTwoPhase implements Protocol {

    private enum Step {
        LOCK,
        UPDATE
    }

    /** Asks a member for a step of a write. */
    private record Ask(Step step, Value value) implements Message {}

    /** The step is done. */
    private record Did() implements Message {}

    private record Request(Value value, CompletableFuture<Void> done) {}

    private final MemberId self;
    private final Transport transport;
    private final Deque<Request> requests = new ArrayDeque<>();
    private final Deque<MemberId> lockQueue = new ArrayDeque<>();
    private final Map<Step, Integer> next = new HashMap<>();
    private List<MemberId> order = List.of();
    private Value copy;

    public SeedTwoPhase(MemberId self, Transport transport) {
        this.self = self;
        this.transport = transport;
    }

    /** The local copy, locked or not. */
    public Value read() {
        return copy;
    }

    public CompletableFuture<Void> write(Value value) {
        Request request = new Request(value, new CompletableFuture<>());
        requests.add(request);
        if (requests.size() == 1) {
            begin();
        }
        return request.done;
    }

    @Override
    public void onMessage(MemberId from, Message message) {
        if (message instanceof Ask ask) {
            onAsk(from, ask);
        } else {
            onDid();
        }
    }

    @Override
    public void onEpoch(Epoch epoch) {
        order = List.copyOf(epoch.members());
    }

    @Override
    public void onGone(MemberId member) {
        // The seed knew no failures.
    }

    @Override
    public void onTick(long nanos) {
        // Nor did it repeat anything.
    }

    private void begin() {
        next.put(Step.LOCK, 0);
        next.put(Step.UPDATE, 0);
        ask(Step.LOCK);
    }

    private void ask(Step step) {
        transport.send(order.get(next.get(step)), new Ask(step, requests.element().value));
    }

    private void onAsk(MemberId from, Ask ask) {
        if (ask.step == Step.LOCK) {
            lockQueue.add(from);
            if (lockQueue.size() == 1) {
                transport.send(from, new Did());
            }
            return;
        }
        copy = ask.value;
        lockQueue.remove();
        transport.send(from, new Did());
        if (!lockQueue.isEmpty()) {
            transport.send(lockQueue.element(), new Did());
        }
    }

    private void onDid() {
        Step step = next.get(Step.LOCK) < order.size() ? Step.LOCK : Step.UPDATE;
        next.merge(step, 1, Integer::sum);
        if (next.get(step) < order.size()) {
            ask(step);
        } else if (step == Step.LOCK) {
            ask(Step.UPDATE);
        } else {
            Request finished = requests.remove();
            if (!requests.isEmpty()) {
                begin();
            }
            finished.done.complete(null);
        }
    }

    @Override
    public String toString() {
        return self + " " + copy;
    }
}
