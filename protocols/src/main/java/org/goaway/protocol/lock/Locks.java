package org.goaway.protocol.lock;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.Transport;

/**
 * Locks that are first come, first served, with fencing tokens and named conditions (PROTOCOLS.md 3.2 to 3.4). One
 * instance serves the plain locks and the locks of the release-consistent objects.
 *
 * <p>When an epoch changes, each lock's new home waits for what the members report: a hold stays a hold, with its token;
 * a request that waits is asked for anew; one that awaits a condition wakes as if by a signal, since one may have been lost
 * with the old home. A member that was dropped has lost its holds.
 *
 * <p>All methods are called on the event loop. None but {@link #onLost}, {@link #startFrom}, {@link #acquire} and {@link
 * #cancel} may be called before the first epoch is known: a request waits for that. What a caller asks for with a token
 * that is not its present hold is an {@link IllegalStateException}.
 */
public final class Locks implements Protocol {

    private final LockHome home;
    private final LockClient client;
    private final List<Losses> losses = new CopyOnWriteArrayList<>();
    private Epoch epoch;

    /**
     * Makes the protocol of one member.
     *
     * @param self this member
     * @param lease this member's, without which it enters no hold
     * @param patience how long a lock's home may be silent, or the lease missing, before a request for it is given up
     */
    public Locks(MemberId self, Transport transport, Clock clock, Lease lease, Duration patience) {
        this(self, transport, clock, lease, patience, LockQueue::new);
    }

    Locks(
            MemberId self,
            Transport transport,
            Clock clock,
            Lease lease,
            Duration patience,
            LongFunction<LockQueue> newQueue) {
        this.home = new LockHome(transport, clock, newQueue);
        this.client = new LockClient(self, transport, clock, lease, patience.toNanos());
    }

    /** Tells {@code listener} of each hold that this member loses. Any thread. */
    public void onLost(Losses listener) {
        losses.add(listener);
    }

    /**
     * Lets another protocol say from which version of a lock's object a new hold starts; empty: it does not know yet, then
     * nothing is granted before {@link #serve}. Without one, holds start from 0.
     */
    public void startFrom(Function<ObjectId, OptionalLong> bases) {
        home.bases(bases);
    }

    /** At the home: as {@link #serve(ObjectId)} for all locks. */
    public void serve() {
        home.serve();
    }

    /** At the home: the version from which the lock's next hold starts is known now. */
    public void serve(ObjectId lock) {
        home.serve(lock);
    }

    /**
     * Queues for the lock at its home. Every request counts for itself: reentrance is the caller's matter.
     *
     * @param holder who asks, in words, for example "task 7 on server-1": shown to those that wait behind it
     */
    public Ticket acquire(ObjectId lock, String holder) {
        return client.acquire(lock, holder);
    }

    /**
     * Gives up a request that still waits, with or without a condition: its token is cancelled, the lock is not held. A
     * signal that it had taken goes to the next that waits. Does nothing for a request that was granted or failed.
     */
    public void cancel(Ticket ticket) {
        client.cancel(ticket);
    }

    /** Ends the hold, hands the lock on and sends the hold's signals. */
    public void release(ObjectId lock, long token) {
        client.release(lock, token);
    }

    /**
     * Ends the hold and waits for a signal of the condition, in one step, so that no signal is missed in between. The
     * ticket's token is the one of a new hold; when it fails or is cancelled, the lock is not held.
     */
    public Ticket await(ObjectId lock, long token, String condition) {
        return client.await(lock, token, condition);
    }

    /** Lets a request that awaits a condition wait for the lock only, as after a time-out. Else does nothing. */
    public void wake(Ticket ticket) {
        client.wake(ticket);
    }

    /** Wakes the request that has waited longest for the condition, once this hold ends; it then queues for the lock. */
    public void signal(ObjectId lock, long token, String condition) {
        client.signal(lock, token, new Signal(condition, false));
    }

    /** Wakes all requests that wait for the condition, once this hold ends. */
    public void signalAll(ObjectId lock, long token, String condition) {
        client.signal(lock, token, new Signal(condition, true));
    }

    /**
     * Ends the hold by a message of another protocol, which makes the home call {@link #handOn}.
     *
     * @param sendAgain sends that message to the home; called whenever the home asks
     */
    public void endWith(ObjectId lock, long token, Runnable sendAgain) {
        client.endWith(lock, token, sendAgain);
    }

    /** The home is known to have seen the end of this member's hold of {@code token}: its message is dropped. */
    public void forget(ObjectId lock, long token) {
        client.forget(lock, token);
    }

    /**
     * Of requests that were granted and for which this member's caller waits for more: those whose home has been silent, or
     * this member without its lease, for too long. Called with all of them at each tick.
     */
    public List<Ticket> silent(List<Ticket> granted, long nanos) {
        return client.silent(granted, nanos);
    }

    /** Why a request for the lock that found nothing but silence is given up now. */
    public ProtocolException unavailable(ObjectId lock) {
        return client.unavailable(lock);
    }

    /** At the home: whether the lock is held with this very token. */
    public boolean isHeldWith(ObjectId lock, long token) {
        return home.isHeldWith(lock, token);
    }

    /** At the home: ends the hold that {@link #isHeldWith} found. */
    public void handOn(ObjectId lock) {
        home.handOn(lock);
    }

    /** For tests: of how many locks this member knows something, as their home or as one that wants, holds or held them. */
    int size() {
        return home.size() + client.size();
    }

    @Override
    public void onMessage(MemberId from, Message message) {
        if (!(message instanceof LockMessage about)) {
            throw new IllegalArgumentException("not a message about locks: " + message);
        }
        if (epoch == null || about.epoch() != epoch.number()) {
            return; // of another epoch (C7); its sender repeats it
        }
        if (about instanceof Acquire acquire) {
            home.onAcquire(from, acquire);
        } else if (about instanceof Await await) {
            home.onAwait(from, await);
        } else if (about instanceof Cancel cancel) {
            home.onCancel(from, cancel);
        } else if (about instanceof Unlock unlock) {
            home.onUnlock(unlock);
        } else if (about instanceof Grant grant) {
            client.onGrant(grant);
        } else if (about instanceof Queued queued) {
            client.onQueued(queued);
        } else if (about instanceof Report report) {
            home.onReport(from, report);
        } else {
            client.onReported(from);
        }
    }

    @Override
    public void onEpoch(Epoch learned) {
        epoch = learned;
        home.onEpoch(learned);
        tell(client.onEpoch(learned));
    }

    /** This member was told that it is out of the cluster: it has lost its holds. What waits goes on when it is back in. */
    public void onDropped() {
        tell(client.onDropped());
    }

    private void tell(List<Report.Hold> lost) {
        lost.forEach(hold -> losses.forEach(listener -> listener.lost(hold.lock(), hold.token())));
    }

    @Override
    public void onGone(MemberId member) {
        // What a lost member holds or serves is nobody else's before the next epoch (D5).
    }

    @Override
    public void onTick(long nanos) {
        home.onTick(nanos);
        client.onTick(nanos);
    }
}
