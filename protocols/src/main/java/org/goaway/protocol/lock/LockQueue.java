package org.goaway.protocol.lock;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.goaway.protocol.MemberId;

/**
 * What the home knows of one lock: who holds it, who waits for it and who waits for its conditions. Only state: it sends
 * nothing and knows no time. Written by the home's event loop.
 */
class LockQueue {

    /** Names a request in the whole cluster. */
    record Request(MemberId member, long number) {}

    /**
     * A request that waits or holds.
     *
     * @param holder who asks, in words
     * @param signalledFrom the condition whose signal brought it into the queue; null: none did
     */
    record Waiter(Request request, String holder, String signalledFrom) {}

    /** The one hold of the lock. */
    record Hold(Waiter waiter, long token, long base) {}

    /**
     * The bits of a token that count within an epoch. One more grant than fits would be of the next epoch, whose own tokens
     * then were not higher: a million grants a second at one home use 40 bits up in twelve days, and leave room for 8 million epochs.
     */
    private static final int COUNT_BITS = 40;

    private final Map<Request, Waiter> queue = new LinkedHashMap<>();
    private final Map<String, Map<Request, Waiter>> conditions = new HashMap<>();
    private Hold hold;
    private long lastToken;

    /** A free lock; its tokens count from the start of {@code epoch}. */
    LockQueue(long epoch) {
        lastToken = before(epoch);
    }

    /** Less than every token of the epoch, and not less than any of an earlier one. */
    static long before(long epoch) {
        return epoch << COUNT_BITS;
    }

    /** The tokens that it issues are above this one, as they are above those of earlier epochs. */
    void startAfter(long token) {
        lastToken = Math.max(lastToken, token);
    }

    long lastToken() {
        return lastToken;
    }

    /** Whether nobody holds the lock and nobody waits for anything. */
    boolean isAtRest() {
        return hold == null && queue.isEmpty() && conditions.isEmpty();
    }

    /** The present hold; empty: the lock is free. */
    Optional<Hold> hold() {
        return Optional.ofNullable(hold);
    }

    boolean isHeldWith(long token) {
        return hold != null && hold.token() == token;
    }

    boolean isHeldBy(Request request) {
        return hold != null && hold.waiter().request().equals(request);
    }

    /** Whether the request waits for the lock or for a condition. */
    boolean isWaiting(Request request) {
        return queue.containsKey(request)
                || conditions.values().stream().anyMatch(waiting -> waiting.containsKey(request));
    }

    /** Queues the request at the end, unless it waits or holds already. */
    void add(Request request, String holder) {
        if (!isHeldBy(request)) {
            queue.putIfAbsent(request, new Waiter(request, holder, null));
        }
    }

    /** Lets the request wait for the condition. */
    void await(Request request, String holder, String condition) {
        conditions
                .computeIfAbsent(condition, name -> new LinkedHashMap<>())
                .put(request, new Waiter(request, holder, null));
    }

    /** Moves a request that waits for a condition to the end of the queue, without a signal. */
    void wake(Request request) {
        for (Map<Request, Waiter> waiting : conditions.values()) {
            Waiter waiter = waiting.remove(request);
            if (waiter != null) {
                queue.put(request, waiter);
            }
        }
        dropEmptyConditions();
    }

    /** Takes over a hold of an earlier epoch, which its member reports (H3). */
    void restore(Hold reported) {
        hold = reported;
    }

    /**
     * If the lock is free and someone waits: makes the first of the queue its holder, under the next token (A2).
     *
     * @param base the version of the object from which the hold is to start
     */
    Optional<Hold> grantNext(long base) {
        if (hold != null || queue.isEmpty()) {
            return Optional.empty();
        }
        Iterator<Waiter> waiters = queue.values().iterator();
        hold = new Hold(waiters.next(), ++lastToken, base);
        waiters.remove();
        return hold();
    }

    /** Ends the hold; those it signalled join the queue. */
    void release(List<Signal> signals) {
        signals.forEach(this::signal);
        hold = null;
    }

    /** Ends a hold that nobody entered: the signal that led to it goes to the next who waits for it. */
    void giveBack() {
        String condition = hold.waiter().signalledFrom();
        if (condition != null) {
            signal(new Signal(condition, false));
        }
        hold = null;
    }

    private void signal(Signal signal) {
        Map<Request, Waiter> waiting = conditions.getOrDefault(signal.condition(), Map.of());
        Iterator<Waiter> waiters = waiting.values().iterator();
        while (waiters.hasNext()) {
            Waiter waiter = waiters.next();
            waiters.remove();
            queue.put(waiter.request(), new Waiter(waiter.request(), waiter.holder(), signal.condition()));
            if (!signal.all()) {
                break;
            }
        }
        dropEmptyConditions();
    }

    /** Forgets a request that nobody wants any more. */
    void cancel(Request request) {
        if (isHeldBy(request)) {
            giveBack();
            return;
        }
        Waiter queued = queue.remove(request);
        if (queued != null && queued.signalledFrom() != null) {
            signal(new Signal(queued.signalledFrom(), false));
        }
        conditions.values().forEach(waiting -> waiting.remove(request));
        dropEmptyConditions();
    }

    private void dropEmptyConditions() {
        conditions.values().removeIf(Map::isEmpty);
    }
}
