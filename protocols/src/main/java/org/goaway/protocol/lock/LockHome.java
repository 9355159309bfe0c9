package org.goaway.protocol.lock;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;
import org.goaway.protocol.lock.LockQueue.Hold;
import org.goaway.protocol.lock.LockQueue.Request;
import org.goaway.protocol.lock.LockQueue.Waiter;

/**
 * The home's side: the queues of the locks that live here in the present epoch. What it knew in an earlier one is void;
 * the members tell it what they hold. On the event loop only.
 */
final class LockHome {

    private final Transport transport;
    private final Clock clock;
    private final LongFunction<LockQueue> newQueue;
    private final Map<ObjectId, LockQueue> queues = new LinkedHashMap<>();
    private final Map<ObjectId, Repeat> held = new LinkedHashMap<>();
    private final Set<MemberId> unreported = new TreeSet<>();
    private Function<ObjectId, OptionalLong> bases = object -> OptionalLong.of(0);
    private long epoch;
    /** The highest token that a lock of this epoch had which was forgotten since: those that are new go on from it. */
    private long lastForgotten;

    LockHome(Transport transport, Clock clock, LongFunction<LockQueue> newQueue) {
        this.transport = transport;
        this.clock = clock;
        this.newQueue = newQueue;
    }

    void bases(Function<ObjectId, OptionalLong> source) {
        bases = source;
    }

    /** Whoever comes in with this epoch holds nothing: only the others' reports are waited for (H2). */
    void onEpoch(Epoch learned) {
        epoch = learned.number();
        lastForgotten = 0;
        queues.clear();
        held.clear();
        unreported.clear();
        learned.joined().forEach((member, joined) -> {
            if (joined < epoch) {
                unreported.add(member);
            }
        });
    }

    /** H3; a report counts once, since what it tells may have ended when a copy of it comes. */
    void onReport(MemberId from, Report report) {
        if (unreported.remove(from)) {
            for (Report.Hold hold : report.holds()) {
                Request request = new Request(from, hold.request());
                queue(hold.lock()).restore(new Hold(new Waiter(request, hold.holder(), null), hold.token(), 0));
                held.put(hold.lock(), new Repeat(clock.nanos()));
            }
            serve();
        }
        transport.send(from, new Reported(epoch));
    }

    void onAcquire(MemberId from, Acquire acquire) {
        LockQueue queue = queue(acquire.lock());
        Request request = new Request(from, acquire.request());
        queue.add(request, acquire.holder());
        serve(acquire.lock(), queue, request);
    }

    /** Only the hold itself may end, so a late copy finds another token and changes nothing. */
    void onAwait(MemberId from, Await await) {
        LockQueue queue = queue(await.lock());
        Request request = new Request(from, await.request());
        if (queue.isHeldWith(await.token())) {
            release(await.lock(), () -> queue.release(await.signals()));
            queue.await(request, await.holder(), await.condition());
        }
        if (await.woken()) {
            queue.wake(request);
        }
        serve(await.lock(), queue, request);
        forgetAtRest(await.lock(), queue);
    }

    void onCancel(MemberId from, Cancel cancel) {
        LockQueue queue = queue(cancel.lock());
        Request request = new Request(from, cancel.request());
        if (queue.isHeldBy(request)) {
            held.remove(cancel.lock());
        }
        queue.cancel(request);
        grantNext(cancel.lock(), queue);
        forgetAtRest(cancel.lock(), queue);
    }

    void onUnlock(Unlock unlock) {
        LockQueue queue = queues.get(unlock.lock());
        if (queue == null || !queue.isHeldWith(unlock.token())) {
            return;
        }
        release(unlock.lock(), () -> {
            if (unlock.unwanted()) {
                queue.giveBack();
            } else {
                queue.release(unlock.signals());
            }
        });
        grantNext(unlock.lock(), queue);
        forgetAtRest(unlock.lock(), queue);
    }

    boolean isHeldWith(ObjectId lock, long token) {
        LockQueue queue = queues.get(lock);
        return queue != null && queue.isHeldWith(token);
    }

    void handOn(ObjectId lock) {
        LockQueue queue = queue(lock);
        release(lock, () -> queue.release(List.of()));
        grantNext(lock, queue);
        forgetAtRest(lock, queue);
    }

    void serve() {
        queues.forEach(this::grantNext);
    }

    void serve(ObjectId lock) {
        LockQueue queue = queues.get(lock);
        if (queue != null) {
            grantNext(lock, queue);
        }
    }

    /** Asks the holders whether they still hold, since the message that ended a hold may be lost. */
    void onTick(long nanos) {
        held.forEach((lock, repeat) -> {
            if (repeat.isDue(nanos)) {
                queue(lock).hold().ifPresent(hold -> grant(lock, hold));
            }
        });
    }

    private LockQueue queue(ObjectId lock) {
        return queues.computeIfAbsent(lock, id -> {
            LockQueue queue = newQueue.apply(epoch);
            queue.startAfter(lastForgotten);
            return queue;
        });
    }

    /** A program may use ever new names. Of a lock at rest only its last token matters, which it must not issue again. */
    private void forgetAtRest(ObjectId lock, LockQueue queue) {
        if (queue.isAtRest()) {
            queues.remove(lock);
            lastForgotten = Math.max(lastForgotten, queue.lastToken());
        }
    }

    /** How many locks it knows something of. */
    int size() {
        return queues.size();
    }

    private void release(ObjectId lock, Runnable step) {
        step.run();
        held.remove(lock);
    }

    private void grantNext(ObjectId lock, LockQueue queue) {
        if (!unreported.isEmpty()) {
            return;
        }
        bases.apply(lock)
                .ifPresent(base -> queue.grantNext(base).ifPresent(hold -> {
                    held.put(lock, new Repeat(clock.nanos()));
                    grant(lock, hold);
                }));
    }

    private void grant(ObjectId lock, Hold hold) {
        Request request = hold.waiter().request();
        boolean signalled = hold.waiter().signalledFrom() != null;
        transport.send(
                request.member(), new Grant(epoch, lock, request.number(), hold.token(), hold.base(), signalled));
    }

    private void serve(ObjectId lock, LockQueue queue, Request request) {
        boolean grantedBefore = queue.isHeldBy(request);
        grantNext(lock, queue);
        if (grantedBefore || !queue.isHeldBy(request)) {
            answer(lock, queue, request);
        }
    }

    /** Says where the request stands; nothing of one that has ended, which only a late copy asks for. */
    private void answer(ObjectId lock, LockQueue queue, Request request) {
        if (queue.isHeldBy(request)) {
            grant(lock, queue.hold().orElseThrow());
        } else if (queue.isWaiting(request)) {
            String heldBy = queue.hold().map(hold -> hold.waiter().holder()).orElse(null);
            transport.send(request.member(), new Queued(epoch, lock, request.number(), heldBy));
        }
    }
}
