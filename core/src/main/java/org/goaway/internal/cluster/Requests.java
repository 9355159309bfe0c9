package org.goaway.internal.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.goaway.internal.cluster.packing.Item;
import org.goaway.internal.cluster.packing.Unheld;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;

/**
 * Requests between nodes, beside the protocols: each is answered once, refused, or fails with the member or its time.
 * Safe for any thread.
 */
public final class Requests {

    private static final byte NOT_DONE = 0;
    private static final byte UNKNOWN = 1;

    private record Handler(BiFunction<MemberId, Message, CompletableFuture<Message>> answer, Executor executor) {}

    private record Pending(MemberId to, String what, CompletableFuture<Message> future, long deadline) {}

    private final PackedTransport transport;
    private final EventLoop loop;
    private final Map<Class<?>, Handler> handlers = new ConcurrentHashMap<>();
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    Requests(PackedTransport transport, EventLoop loop) {
        this.transport = transport;
        this.loop = loop;
    }

    /**
     * Answers requests of this class. {@code answer} runs on {@code executor} (which must neither block nor run it in the
     * caller); its future may be completed by any thread, and a failure travels as a refusal with the failure's message.
     */
    public <M extends Message> void handle(
            Class<M> type, BiFunction<MemberId, M, CompletableFuture<Message>> answer, Executor executor) {
        Handler handler = new Handler((from, message) -> answer.apply(from, type.cast(message)), executor);
        if (handlers.putIfAbsent(type, handler) != null) {
            throw new IllegalStateException("two handlers for " + type.getName());
        }
    }

    /**
     * Asks {@code to}, which may be this member. The future is completed on the loop; it fails with a
     * {@link ProtocolException}: NOT_DONE if the request did not leave or was refused as not done, else UNKNOWN, at once
     * when the member leaves and at the latest after {@code atMost}.
     */
    public CompletableFuture<Message> request(MemberId to, Message message, Duration atMost) {
        CompletableFuture<Message> future = new CompletableFuture<>();
        String what = message.getClass().getSimpleName();
        long id = ids.incrementAndGet();
        pending.put(id, new Pending(to, what, future, loop.nanos() + atMost.toNanos()));
        if (to.equals(transport.self())) {
            onRequest(to, id, message);
        } else if (!transport.post(to, Item.Kind.REQUEST, id, message)) {
            fail(id, Outcome.NOT_DONE, what + " not sent: " + to + " is not a member, or too much waits for it");
        }
        return future;
    }

    /** How many requests wait for their answer. */
    public int open() {
        return pending.size();
    }

    void onRequest(MemberId from, long id, Message message) {
        Handler handler = handlers.get(message.getClass());
        if (handler == null) {
            refuse(
                    from,
                    id,
                    Outcome.NOT_DONE,
                    "nobody here answers " + message.getClass().getSimpleName());
            return;
        }
        PackedTransport.hand(handler.executor, () -> answer(from, id, message, handler));
    }

    private void answer(MemberId from, long id, Message message, Handler handler) {
        CompletableFuture<Message> answer;
        try {
            answer = handler.answer.apply(from, message);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<Message> unused = answer.whenComplete((result, failure) -> settle(from, id, result, failure));
    }

    private void settle(MemberId from, long id, Message result, Throwable failure) {
        try {
            if (failure != null) {
                refuse(from, id, failure);
            } else if (from.equals(transport.self())) {
                onAnswer(from, id, result);
            } else if (!transport.post(from, Item.Kind.ANSWER, id, result)) {
                refuse(from, id, Outcome.UNKNOWN, "too much waits for " + from + " to answer it");
            }
        } catch (RuntimeException e) {
            refuse(from, id, e);
        }
    }

    private void refuse(MemberId from, long id, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Outcome outcome = cause instanceof ProtocolException known ? known.outcome() : Outcome.UNKNOWN;
        refuse(from, id, outcome, cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }

    private void refuse(MemberId from, long id, Outcome outcome, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        ByteBuffer payload = ByteBuffer.allocate(1 + text.length)
                .put(outcome == Outcome.NOT_DONE ? NOT_DONE : UNKNOWN)
                .put(text)
                .flip();
        Item refusal = new Item(Item.Kind.REFUSAL, id, payload);
        if (from.equals(transport.self())) {
            onRefusal(from, id, refusal);
        } else {
            transport.post(from, refusal);
        }
    }

    /** The memory here cannot hold the request. */
    void refuse(MemberId from, Unheld request) {
        refuse(
                from,
                request.id(),
                Outcome.NOT_DONE,
                transport.self() + " has no memory for a request of " + request.bytes() + " bytes");
    }

    /** The memory here cannot hold the answer. */
    void onUnheld(MemberId from, Unheld answer) {
        Pending open = pending.get(answer.id());
        if (open != null && open.to.equals(from)) {
            fail(
                    answer.id(),
                    Outcome.UNKNOWN,
                    open.what + " answered by " + from + ", but there is no memory here for " + answer.bytes()
                            + " bytes");
        }
    }

    void onAnswer(MemberId from, long id, Message answer) {
        Pending open = pending.get(id);
        if (open != null && open.to.equals(from) && pending.remove(id, open)) {
            loop.execute(() -> open.future.complete(answer));
        }
    }

    void onRefusal(MemberId from, long id, Item refusal) {
        Pending open = pending.get(id);
        if (open != null && open.to.equals(from)) {
            ByteBuffer payload = refusal.payload().duplicate();
            Outcome outcome = payload.get() == NOT_DONE ? Outcome.NOT_DONE : Outcome.UNKNOWN;
            fail(id, outcome, StandardCharsets.UTF_8.decode(payload).toString());
        }
    }

    void onGone(MemberId member) {
        pending.forEach((id, open) -> {
            if (open.to.equals(member)) {
                fail(id, Outcome.UNKNOWN, open.what + " not answered: " + member + " left");
            }
        });
    }

    void onTick(long nanos) {
        pending.forEach((id, open) -> {
            if (nanos - open.deadline >= 0) {
                fail(id, Outcome.UNKNOWN, open.what + " not answered in time by " + open.to);
            }
        });
    }

    private void fail(long id, Outcome outcome, String reason) {
        Pending open = pending.remove(id);
        if (open != null) {
            loop.execute(() -> open.future.completeExceptionally(new ProtocolException(outcome, reason)));
        }
    }
}
