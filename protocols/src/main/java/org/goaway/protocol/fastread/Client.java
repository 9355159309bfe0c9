package org.goaway.protocol.fastread;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.goaway.protocol.fastread.FastReadMessage.Done;
import org.goaway.protocol.fastread.FastReadMessage.Finished;
import org.goaway.protocol.fastread.FastReadMessage.Update;
import org.goaway.protocol.fastread.FastReadMessage.Write;

/**
 * The client's side (PROTOCOLS.md W1, F1-F3): numbers this member's operations, sends them to the home and repeats them
 * under the same number until they are answered, in whatever epoch and by whatever home. The numbers go on rising when
 * this member was out and is back. What cannot be sent in time has not been done: nothing is sent that nobody waits for any
 * more. One writer: the event loop.
 */
class Client {

    /** How many operations on one object may be under way; the others wait here. */
    static final int WINDOW = 64;

    /** How long an operation may stay without an answer before it is sent again. */
    static final long REPEAT = 500_000_000;

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    private final Duration unsent;
    private final Map<ObjectId, Outbox> outboxes = new LinkedHashMap<>();
    /** The outboxes that have something under way. */
    private final Map<ObjectId, Outbox> busy = new LinkedHashMap<>();
    /** The outboxes in which something waits. */
    private final Map<ObjectId, Outbox> crowded = new LinkedHashMap<>();
    /** Null: this member is not in the cluster yet, and everything waits. */
    private Epoch epoch;

    /** An operation that waits for its answer. */
    private static final class Pending {

        private final Operation operation;
        private final Fence fence;
        private final CompletableFuture<Answer> future = new CompletableFuture<>();
        private final long begun;
        private final long patience;
        private long sentAt;

        Pending(Operation operation, Fence fence, long begun) {
            this.operation = operation;
            this.fence = fence;
            this.begun = begun;
            this.patience = Patience.with(REPEAT, operation);
        }
    }

    /** This member's unanswered operations on one object. */
    private static final class Outbox {

        private final TreeMap<Long, Pending> sent = new TreeMap<>();
        /** Not sent yet, the longest waiting first. */
        private final Deque<Pending> waiting = new ArrayDeque<>();

        private long lastSeq;

        long lowest() {
            return sent.isEmpty() ? lastSeq + 1 : sent.firstKey();
        }
    }

    /** @param unsent how long an operation waits to be sent */
    Client(MemberId self, Transport transport, Clock clock, Duration unsent) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
        this.unsent = unsent;
    }

    /** W1: begins an operation. */
    CompletableFuture<Answer> write(ObjectId object, Operation operation, Fence fence) {
        Outbox outbox = outboxes.computeIfAbsent(object, any -> new Outbox());
        Pending pending = new Pending(operation, fence, clock.nanos());
        outbox.waiting.add(pending);
        sendWaiting(object, outbox);
        return pending.future;
    }

    /**
     * F2, F3: sends everything unanswered to the homes of this epoch, under the same numbers; but what was sent before this
     * member was dropped may or may not have been done.
     */
    void onEpoch(Epoch learned) {
        boolean dropped = epoch != null && learned.entersAnew(self, epoch.number());
        epoch = learned;
        List<Pending> lost = new ArrayList<>();
        if (dropped) {
            busy.values().forEach(outbox -> {
                lost.addAll(outbox.sent.values());
                outbox.sent.clear();
            });
            busy.clear();
        }
        busy.forEach(this::sendAgain);
        outboxes.forEach(this::sendWaiting);
        // Last, since it may bring new operations.
        lost.forEach(pending -> pending.future.completeExceptionally(new ProtocolException(
                Outcome.UNKNOWN, "this member was dropped from the cluster while it waited for the answer")));
    }

    /** F1: the answers that ride on UPDATE. */
    void onUpdate(Update update) {
        for (Finished finished : update.finished()) {
            if (finished.client().equals(self)) {
                answer(update.object(), finished.seq(), finished.answer());
            }
        }
    }

    void onDone(Done done) {
        answer(done.object(), done.seq(), done.answer());
    }

    /** F2: repeats what has waited long for its answer; ends what could not be sent in time. */
    void onTick(long nanos) {
        busy.forEach((object, outbox) -> outbox.sent.forEach((seq, pending) -> {
            if (nanos - pending.sentAt >= pending.patience) {
                send(object, outbox, seq, pending);
            }
        }));
        endUnsent(nanos);
    }

    private void endUnsent(long nanos) {
        Map<Pending, ObjectId> ended = new LinkedHashMap<>();
        crowded.forEach((object, outbox) -> {
            while (!outbox.waiting.isEmpty() && nanos - outbox.waiting.element().begun >= unsent.toNanos()) {
                ended.put(outbox.waiting.remove(), object);
            }
        });
        crowded.values().removeIf(outbox -> outbox.waiting.isEmpty());
        // Last, since it may bring new operations.
        ended.forEach((pending, object) -> pending.future.completeExceptionally(notSent(object)));
    }

    private ProtocolException notSent(ObjectId object) {
        String why = epoch == null
                ? "this member is not in the cluster yet"
                : WINDOW + " operations of this member on " + object + " before it have no answer";
        return new ProtocolException(Outcome.NOT_DONE, "nothing was sent within " + unsent + ": " + why);
    }

    private void sendAgain(ObjectId object, Outbox outbox) {
        outbox.sent.forEach((seq, pending) -> send(object, outbox, seq, pending));
    }

    private void sendWaiting(ObjectId object, Outbox outbox) {
        while (epoch != null && !outbox.waiting.isEmpty() && outbox.sent.size() < WINDOW) {
            Pending pending = outbox.waiting.remove();
            outbox.lastSeq++;
            outbox.sent.put(outbox.lastSeq, pending);
            busy.put(object, outbox);
            send(object, outbox, outbox.lastSeq, pending);
        }
        if (outbox.waiting.isEmpty()) {
            crowded.remove(object);
        } else {
            crowded.put(object, outbox);
        }
    }

    private void send(ObjectId object, Outbox outbox, long seq, Pending pending) {
        pending.sentAt = clock.nanos();
        Write write = new Write(epoch.number(), object, seq, outbox.lowest(), pending.operation, pending.fence);
        transport.send(epoch.home(object), write);
    }

    private void answer(ObjectId object, long seq, Answer answer) {
        Outbox outbox = outboxes.get(object);
        Pending pending = outbox == null ? null : outbox.sent.remove(seq);
        if (pending == null) {
            return;
        }
        sendWaiting(object, outbox);
        if (outbox.sent.isEmpty()) {
            busy.remove(object);
        }
        pending.future.complete(complete(pending.operation, answer));
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
}
