package org.goaway.protocol.fastread;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Fence;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;

/**
 * The client's side (PROTOCOLS.md W1, F1, F2): numbers this member's operations, sends them to the home and repeats them
 * under the same number until they are answered. One writer: the event loop.
 */
class Client {

    /** How many operations on one object may be under way; the others wait here. */
    static final int WINDOW = 64;

    /** How long an operation may stay without an answer before it is sent again. */
    static final long REPEAT = 500_000_000;

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    private final Map<ObjectId, Outbox> outboxes = new HashMap<>();
    /** The outboxes that have something under way. */
    private final Map<ObjectId, Outbox> busy = new HashMap<>();

    private final Set<MemberId> gone = new HashSet<>();
    private Epoch epoch;

    /** An operation that waits for its answer. */
    private static final class Pending {

        private final Operation operation;
        private final Fence fence;
        private final CompletableFuture<Answer> future = new CompletableFuture<>();
        private final long patience;
        private long sentAt;

        Pending(Operation operation, Fence fence) {
            this.fence = fence;
            this.operation = operation;
            this.patience = Patience.with(REPEAT, operation);
        }
    }

    /** This member's unanswered operations on one object. */
    private static final class Outbox {

        private final TreeMap<Long, Pending> sent = new TreeMap<>();
        private final Deque<Pending> waiting = new ArrayDeque<>();
        private long lastSeq;

        long lowest() {
            return sent.isEmpty() ? lastSeq + 1 : sent.firstKey();
        }
    }

    Client(MemberId self, Transport transport, Clock clock) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
    }

    /** W1: begins an operation. */
    CompletableFuture<Answer> write(ObjectId object, Operation operation, Fence fence) {
        MemberId home = epoch.home(object);
        if (gone.contains(home)) {
            return CompletableFuture.failedFuture(failure(object, Outcome.NOT_DONE, home));
        }
        Outbox outbox = outboxes.computeIfAbsent(object, any -> new Outbox());
        Pending pending = new Pending(operation, fence);
        outbox.waiting.add(pending);
        sendWaiting(object, outbox);
        return pending.future;
    }

    void onEpoch(Epoch learned) {
        epoch = learned;
    }

    /** F1: the answers that ride on UPDATE. */
    void onUpdate(Update update) {
        for (Lock.Finished finished : update.finished()) {
            if (finished.client().equals(self)) {
                answer(update.object(), finished.seq(), finished.answer());
            }
        }
    }

    void onDone(Done done) {
        answer(done.object(), done.seq(), done.answer());
    }

    void onFailed(Failed failed) {
        Pending pending = take(failed.object(), failed.seq());
        if (pending != null) {
            pending.future.completeExceptionally(failure(failed.object(), failed.outcome(), failed.lost()));
        }
    }

    /** What was sent to this home may have been applied; what was not sent was not. */
    void onGone(MemberId member) {
        gone.add(member);
        Map<ObjectId, Outbox> concerned = new HashMap<>(busy);
        concerned.keySet().removeIf(object -> !epoch.home(object).equals(member));
        busy.keySet().removeAll(concerned.keySet());
        concerned.forEach((object, outbox) -> {
            List<Pending> sent = List.copyOf(outbox.sent.values());
            List<Pending> waiting = List.copyOf(outbox.waiting);
            outbox.sent.clear();
            outbox.waiting.clear();
            sent.forEach(one -> one.future.completeExceptionally(failure(object, Outcome.UNKNOWN, member)));
            waiting.forEach(one -> one.future.completeExceptionally(failure(object, Outcome.NOT_DONE, member)));
        });
    }

    /** F2: repeats what has waited long for its answer. */
    void onTick(long nanos) {
        busy.forEach((object, outbox) -> outbox.sent.forEach((seq, pending) -> {
            if (nanos - pending.sentAt >= pending.patience) {
                send(object, outbox, seq, pending);
            }
        }));
    }

    private void sendWaiting(ObjectId object, Outbox outbox) {
        while (!outbox.waiting.isEmpty() && outbox.sent.size() < WINDOW) {
            Pending pending = outbox.waiting.remove();
            outbox.lastSeq++;
            outbox.sent.put(outbox.lastSeq, pending);
            busy.put(object, outbox);
            send(object, outbox, outbox.lastSeq, pending);
        }
    }

    private void send(ObjectId object, Outbox outbox, long seq, Pending pending) {
        pending.sentAt = clock.nanos();
        Write write = new Write(epoch.number(), object, seq, outbox.lowest(), pending.operation, pending.fence);
        transport.send(epoch.home(object), write);
    }

    private void answer(ObjectId object, long seq, Answer answer) {
        Pending pending = take(object, seq);
        if (pending != null) {
            pending.future.complete(complete(pending.operation, answer));
        }
    }

    /** Takes the operation out and lets the next one go; null if it was answered before. */
    private Pending take(ObjectId object, long seq) {
        Outbox outbox = outboxes.get(object);
        Pending pending = outbox == null ? null : outbox.sent.remove(seq);
        if (pending != null) {
            sendWaiting(object, outbox);
            if (outbox.sent.isEmpty()) {
                busy.remove(object);
            }
        }
        return pending;
    }

    /** The value that this client sent itself does not travel back. */
    private static Answer complete(Operation operation, Answer answer) {
        if (answer.result() != Answer.Result.DONE || answer.value() != null) {
            return answer;
        }
        return new Answer(answer.result(), answer.version(), written(operation));
    }

    private static Value written(Operation operation) {
        if (operation instanceof Operation.Set set) {
            return set.value();
        }
        if (operation instanceof Operation.CompareAndSet cas) {
            return cas.next();
        }
        return operation instanceof Operation.SetIf setIf ? setIf.next() : null;
    }

    private static ProtocolException failure(ObjectId object, Outcome outcome, MemberId lost) {
        String effect = outcome == Outcome.NOT_DONE ? "nothing was written" : "it may have been written";
        return new ProtocolException(
                outcome, object + " cannot be written without member " + lost + ", which has left: " + effect);
    }
}
