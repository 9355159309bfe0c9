package org.goaway.protocol.lock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.Transport;

/** The requester's side: this member's waiting requests and holds. On the event loop only. */
final class LockClient {

    /** This member's latest hold of one lock. */
    private static final class Hold {
        private final Ticket ticket;
        private final long token;
        private final List<Signal> signals = new ArrayList<>();
        /** Tells the home how it ended; null while it lasts. */
        private Runnable ending;

        Hold(Ticket ticket, long token) {
            this.ticket = ticket;
            this.token = token;
        }
    }

    /** A request that waits, with what to tell the home about it. */
    private record Pending(Ticket ticket, Message message) {}

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    private final Lease lease;
    private final Reporter reporter;
    private final Silence silence;
    private final Silence silenceOfGranted;
    private final Map<Long, Pending> waiting = new LinkedHashMap<>();
    private final Map<ObjectId, Hold> holds = new LinkedHashMap<>();
    /** Grants that wait for the lease, by request. */
    private final Map<Long, Grant> offered = new HashMap<>();

    /** Null before the first is learned: what is asked for until then waits, and is asked for with it. */
    private Epoch epoch;

    private long lastRequest;

    /** @param patience how long the home may be silent, in nanoseconds, before a request is given up */
    LockClient(MemberId self, Transport transport, Clock clock, Lease lease, long patience) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
        this.lease = lease;
        this.reporter = new Reporter(transport);
        this.silence = new Silence(clock.nanos(), patience);
        this.silenceOfGranted = new Silence(clock.nanos(), patience);
    }

    /**
     * C6: reports the holds that last, forgets grants not entered and how holds ended, and asks anew for all that waits.
     * Whoever awaits a condition wakes: a signal that it should have had may be lost with its home. If this member was
     * out, its holds are lost, and returned.
     */
    List<Report.Hold> onEpoch(Epoch learned) {
        boolean anew = epoch != null && learned.entersAnew(self, epoch.number());
        epoch = learned;
        offered.clear();
        holds.values().removeIf(hold -> hold.ending != null);
        List<Report.Hold> lasting = lasting();
        if (anew) {
            holds.clear();
        }
        reporter.onEpoch(learned, self, anew ? List.of() : lasting, clock.nanos());
        waiting.replaceAll((request, pending) -> asAcquire(pending.ticket()));
        waiting.values().forEach(pending -> {
            pending.ticket().askedAnew(clock.nanos());
            toHome(pending.ticket().lock(), pending.message());
        });
        return anew ? lasting : List.of();
    }

    /**
     * This member is out of the cluster: what it holds is lost, and returned. How holds ended is kept until the next epoch
     * that it learns: their home may ask, in the epoch that both still are in, while others have what they wrote.
     */
    List<Report.Hold> onDropped() {
        List<Report.Hold> lost = lasting();
        holds.values().removeIf(hold -> hold.ending == null);
        offered.clear();
        return lost;
    }

    private List<Report.Hold> lasting() {
        List<Report.Hold> lasting = new ArrayList<>();
        holds.forEach((lock, hold) -> {
            if (hold.ending == null) {
                lasting.add(new Report.Hold(lock, hold.token, hold.ticket.request(), hold.ticket.holder()));
            }
        });
        return lasting;
    }

    private Pending asAcquire(Ticket ticket) {
        return new Pending(ticket, new Acquire(epochNumber(), ticket.lock(), ticket.request(), ticket.holder()));
    }

    Ticket acquire(ObjectId lock, String holder) {
        Ticket ticket = newTicket(lock, holder);
        ask(asAcquire(ticket));
        return ticket;
    }

    Ticket await(ObjectId lock, long token, String condition) {
        Hold hold = present(lock, token);
        Ticket ticket = newTicket(lock, hold.ticket.holder());
        Await await = new Await(
                epoch.number(), lock, token, ticket.request(), ticket.holder(), condition, false, hold.signals);
        hold.ending = () -> toHome(lock, await);
        ask(new Pending(ticket, await));
        return ticket;
    }

    void wake(Ticket ticket) {
        Pending pending = waiting.get(ticket.request());
        if (pending != null && pending.message() instanceof Await await) {
            Await woken = new Await(
                    await.epoch(),
                    await.lock(),
                    await.token(),
                    await.request(),
                    await.holder(),
                    await.condition(),
                    true,
                    await.signals());
            Hold hold = holds.get(await.lock());
            if (hold != null && hold.token == await.token()) {
                hold.ending = () -> toHome(woken.lock(), woken);
            }
            ask(new Pending(ticket, woken));
        }
    }

    void cancel(Ticket ticket) {
        if (giveUp(ticket)) {
            ticket.cancel();
        }
    }

    /** Takes back what the home may know of the request. Returns whether it was waiting. */
    private boolean giveUp(Ticket ticket) {
        Pending pending = waiting.remove(ticket.request());
        if (pending == null) {
            return false;
        }
        offered.remove(ticket.request());
        if (pending.message() instanceof Await await) {
            Hold hold = holds.get(await.lock());
            if (hold != null && hold.token == await.token()) {
                end(hold, await.signals());
            }
        }
        toHome(ticket.lock(), new Cancel(epochNumber(), ticket.lock(), ticket.request()));
        return true;
    }

    void signal(ObjectId lock, long token, Signal signal) {
        present(lock, token).signals.add(signal);
    }

    void release(ObjectId lock, long token) {
        Hold hold = present(lock, token);
        end(hold, hold.signals);
    }

    private void end(Hold hold, List<Signal> signals) {
        ObjectId lock = hold.ticket.lock();
        Unlock unlock = new Unlock(epoch.number(), lock, hold.token, false, signals);
        hold.ending = () -> toHome(lock, unlock);
        hold.ending.run();
        // Of what is unknown here the home is told that it was not wanted, which is the same where no signal is to be
        // passed on.
        if (signals.isEmpty() && !hold.ticket.signalled()) {
            holds.remove(lock, hold);
        }
    }

    void endWith(ObjectId lock, long token, Runnable ending) {
        present(lock, token).ending = Objects.requireNonNull(ending);
    }

    void forget(ObjectId lock, long token) {
        Hold hold = holds.get(lock);
        if (hold != null && hold.token <= token && hold.ending != null) {
            holds.remove(lock);
        }
    }

    /** A new grant is entered; a repeated one is answered by how its hold ended, if it has; any other is given back. */
    void onGrant(Grant grant) {
        Hold hold = holds.get(grant.lock());
        if (waiting.containsKey(grant.request())) {
            offered.put(grant.request(), grant);
            enterOffered();
        } else if (hold == null || hold.token < grant.token()) {
            toHome(grant.lock(), new Unlock(grant.epoch(), grant.lock(), grant.token(), true, List.of()));
        } else if (hold.token == grant.token() && hold.ending != null) {
            hold.ending.run();
        } else if (hold.token == grant.token() && lease.isHeld()) {
            hold.ticket.heard();
        }
    }

    /** A3: only a member that holds its lease enters; else another may hold the lock by an epoch unknown here. */
    private void enterOffered() {
        if (offered.isEmpty() || !lease.isHeld()) {
            return;
        }
        List<Grant> grants = List.copyOf(offered.values());
        offered.clear();
        for (Grant grant : grants) {
            Pending pending = waiting.remove(grant.request());
            // Whoever hears of the one grant may give up the request of another.
            if (pending != null) {
                holds.put(grant.lock(), new Hold(pending.ticket(), grant.token()));
                pending.ticket().onGrant(grant);
            }
        }
    }

    void onQueued(Queued queued) {
        Pending pending = waiting.get(queued.request());
        if (pending != null) {
            if (lease.isHeld()) {
                pending.ticket().heard();
            }
            pending.ticket().onQueued(queued);
        }
    }

    void onReported(MemberId from) {
        reporter.onReported(from);
    }

    void onTick(long nanos) {
        reporter.onTick(nanos);
        enterOffered();
        waiting.values().forEach(pending -> {
            if (pending.ticket().isDue(nanos)) {
                toHome(pending.ticket().lock(), pending.message());
            }
        });
        List<Ticket> all = waiting.values().stream().map(Pending::ticket).toList();
        for (Ticket ticket : silence.tooLong(all, nanos)) {
            giveUp(ticket);
            ticket.fail(unavailable(ticket.lock()));
        }
    }

    List<Ticket> silent(List<Ticket> granted, long nanos) {
        return silenceOfGranted.tooLong(granted, nanos);
    }

    ProtocolException unavailable(ObjectId lock) {
        return new ProtocolException(
                ProtocolException.Outcome.NOT_DONE,
                lock + " cannot be had now: "
                        + (epoch != null && lease.isHeld()
                                ? "its home, member " + epoch.home(lock) + ", does not answer"
                                : "member " + self + " is without its lease, cut off from the majority"));
    }

    /** How many locks it knows something of. */
    int size() {
        return holds.size() + waiting.size();
    }

    private Ticket newTicket(ObjectId lock, String holder) {
        return new Ticket(lock, ++lastRequest, holder, clock.nanos());
    }

    private void ask(Pending pending) {
        waiting.put(pending.ticket().request(), pending);
        toHome(pending.ticket().lock(), pending.message());
    }

    private Hold present(ObjectId lock, long token) {
        Hold hold = holds.get(lock);
        if (hold == null || hold.token != token || hold.ending != null) {
            throw new IllegalStateException(lock + " is not held with token " + token);
        }
        return hold;
    }

    private long epochNumber() {
        return epoch == null ? 0 : epoch.number();
    }

    private void toHome(ObjectId lock, Message message) {
        if (epoch != null) {
            transport.send(epoch.home(lock), message);
        }
    }
}
