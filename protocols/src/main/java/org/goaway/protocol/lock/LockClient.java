package org.goaway.protocol.lock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
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

    private final Transport transport;
    private final Clock clock;
    private final Map<Long, Pending> waiting = new LinkedHashMap<>();
    private final Map<ObjectId, Hold> holds = new HashMap<>();
    private final Set<MemberId> gone = new HashSet<>();
    private Epoch epoch;
    private long lastRequest;

    LockClient(Transport transport, Clock clock) {
        this.transport = transport;
        this.clock = clock;
    }

    void onEpoch(Epoch learned) {
        epoch = learned;
    }

    Ticket acquire(ObjectId lock, String holder) {
        Ticket ticket = newTicket(lock, holder);
        ask(new Pending(ticket, new Acquire(epoch.number(), lock, ticket.request(), holder)));
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
        Pending pending = waiting.remove(ticket.request());
        if (pending == null) {
            return;
        }
        if (pending.message() instanceof Await await) {
            Hold hold = holds.get(await.lock());
            if (hold != null && hold.token == await.token()) {
                end(hold, await.signals());
            }
        }
        toHome(ticket.lock(), new Cancel(epoch.number(), ticket.lock(), ticket.request()));
        ticket.cancel();
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
        Pending pending = waiting.remove(grant.request());
        Hold hold = holds.get(grant.lock());
        if (pending != null) {
            holds.put(grant.lock(), new Hold(pending.ticket(), grant.token()));
            pending.ticket().onGrant(grant);
        } else if (hold == null || hold.token < grant.token()) {
            toHome(grant.lock(), new Unlock(grant.epoch(), grant.lock(), grant.token(), true, List.of()));
        } else if (hold.token == grant.token() && hold.ending != null) {
            hold.ending.run();
        }
    }

    void onQueued(Queued queued) {
        Pending pending = waiting.get(queued.request());
        if (pending != null) {
            pending.ticket().onQueued(queued);
        }
    }

    void onRefused(Refused refused) {
        Pending pending = waiting.remove(refused.request());
        if (pending != null) {
            pending.ticket().fail(refused.reason());
        }
    }

    /** Requests whose home is lost cannot be granted in this epoch. */
    void onGone(MemberId member) {
        gone.add(member);
        Predicate<Pending> needsIt =
                pending -> epoch.home(pending.ticket().lock()).equals(member);
        List<Pending> lost = waiting.values().stream().filter(needsIt).toList();
        waiting.values().removeIf(needsIt);
        lost.forEach(pending -> failHomeless(pending.ticket()));
    }

    void onTick(long nanos) {
        waiting.values().forEach(pending -> {
            if (pending.ticket().isDue(nanos)) {
                toHome(pending.ticket().lock(), pending.message());
            }
        });
    }

    private Ticket newTicket(ObjectId lock, String holder) {
        return new Ticket(lock, ++lastRequest, holder, clock.nanos());
    }

    private void ask(Pending pending) {
        if (gone.contains(epoch.home(pending.ticket().lock()))) {
            waiting.remove(pending.ticket().request());
            failHomeless(pending.ticket());
            return;
        }
        waiting.put(pending.ticket().request(), pending);
        toHome(pending.ticket().lock(), pending.message());
    }

    private void failHomeless(Ticket ticket) {
        ticket.fail(ticket.lock() + " cannot be had: its home, member " + epoch.home(ticket.lock()) + ", was lost");
    }

    private Hold present(ObjectId lock, long token) {
        Hold hold = holds.get(lock);
        if (hold == null || hold.token != token || hold.ending != null) {
            throw new IllegalStateException(lock + " is not held with token " + token);
        }
        return hold;
    }

    private void toHome(ObjectId lock, Message message) {
        transport.send(epoch.home(lock), message);
    }
}
