package org.goaway.protocol.lock;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;
import org.goaway.protocol.lock.LockQueue.Hold;
import org.goaway.protocol.lock.LockQueue.Request;

/** The home's side: the queues of the locks that live here. On the event loop only. */
final class LockHome {

    private final Transport transport;
    private final Clock clock;
    private final LongFunction<LockQueue> newQueue;
    private final Map<ObjectId, LockQueue> queues = new LinkedHashMap<>();
    private final Map<ObjectId, Repeat> held = new LinkedHashMap<>();
    private final Set<MemberId> gone = new HashSet<>();
    private long epoch;

    LockHome(Transport transport, Clock clock, LongFunction<LockQueue> newQueue) {
        this.transport = transport;
        this.clock = clock;
        this.newQueue = newQueue;
    }

    void onEpoch(long number) {
        epoch = number;
    }

    void onAcquire(MemberId from, Acquire acquire) {
        LockQueue queue = queue(acquire.lock());
        Request request = new Request(from, acquire.request());
        if (!gone.contains(from) && !isHolderGone(queue)) {
            queue.add(request, acquire.holder());
        }
        serve(acquire.lock(), queue, request);
    }

    /** Only the hold itself may end, so a late copy finds another token and changes nothing. */
    void onAwait(MemberId from, Await await) {
        LockQueue queue = queue(await.lock());
        Request request = new Request(from, await.request());
        if (queue.isHeldWith(await.token())) {
            release(await.lock(), () -> queue.release(await.signals()));
            if (!gone.contains(from)) {
                queue.await(request, await.holder(), await.condition());
            }
        }
        if (await.woken()) {
            queue.wake(request);
        }
        serve(await.lock(), queue, request);
    }

    void onCancel(MemberId from, Cancel cancel) {
        LockQueue queue = queue(cancel.lock());
        Request request = new Request(from, cancel.request());
        if (queue.isHeldBy(request)) {
            held.remove(cancel.lock());
        }
        queue.cancel(request);
        grantNext(cancel.lock(), queue);
    }

    void onUnlock(Unlock unlock) {
        LockQueue queue = queue(unlock.lock());
        if (!queue.isHeldWith(unlock.token())) {
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
    }

    boolean isHeldWith(ObjectId lock, long token) {
        LockQueue queue = queues.get(lock);
        return queue != null && queue.isHeldWith(token);
    }

    void handOn(ObjectId lock) {
        LockQueue queue = queue(lock);
        release(lock, queue::handOn);
        grantNext(lock, queue);
    }

    /** Its waiting requests leave the queues; whoever waits behind a hold of it is told (D5). */
    void onGone(MemberId member) {
        gone.add(member);
        queues.forEach((lock, queue) -> {
            queue.drop(member);
            if (isHolderGone(queue)) {
                held.remove(lock);
                String reason = holderGone(lock, queue.hold().orElseThrow());
                queue.drain().forEach(waiter -> refuse(lock, waiter.request(), reason));
            }
        });
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
        return queues.computeIfAbsent(lock, id -> newQueue.apply(epoch));
    }

    private boolean isHolderGone(LockQueue queue) {
        return queue.hold()
                .filter(hold -> gone.contains(hold.waiter().request().member()))
                .isPresent();
    }

    private void release(ObjectId lock, Runnable step) {
        step.run();
        held.remove(lock);
    }

    private void grantNext(ObjectId lock, LockQueue queue) {
        queue.grantNext().ifPresent(hold -> {
            held.put(lock, new Repeat(clock.nanos()));
            grant(lock, hold);
        });
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

    /** Says where the request stands. An unknown one has ended, or was refused and the refusal lost. */
    private void answer(ObjectId lock, LockQueue queue, Request request) {
        if (queue.isHeldBy(request)) {
            grant(lock, queue.hold().orElseThrow());
        } else if (queue.isWaiting(request)) {
            String heldBy = queue.hold().map(hold -> hold.waiter().holder()).orElse(null);
            transport.send(request.member(), new Queued(epoch, lock, request.number(), heldBy));
        } else {
            String reason = queue.hold()
                    .filter(hold -> isHolderGone(queue))
                    .map(hold -> holderGone(lock, hold))
                    .orElse(lock + ": its home has given this request up, as its member was lost from view");
            refuse(lock, request, reason);
        }
    }

    private void refuse(ObjectId lock, Request request, String reason) {
        transport.send(request.member(), new Refused(epoch, lock, request.number(), reason));
    }

    private static String holderGone(ObjectId lock, Hold hold) {
        return lock + " is held by " + hold.waiter().holder() + " of member "
                + hold.waiter().request().member() + ", which was lost; nobody can take it over";
    }
}
