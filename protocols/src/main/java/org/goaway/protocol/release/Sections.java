package org.goaway.protocol.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.goaway.protocol.Lease;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.lock.Locks;
import org.goaway.protocol.lock.Ticket;

/**
 * This member's sections, from asking for the object's lock until they end or are lost (A1 to A3, B2). On the event loop
 * only, but for {@link #isLeased}.
 */
final class Sections {

    private final Locks locks;
    private final Replica replica;
    private final Lease lease;
    private final Consumer<Entering> lagging;
    private final Map<ObjectId, Entering> granted = new LinkedHashMap<>();
    private final Map<ObjectId, Section> present = new HashMap<>();
    private final List<CompletableFuture<Void>> leased = new ArrayList<>();

    /** @param lagging told of what is granted while the copy has not the version to start from */
    Sections(Locks locks, Replica replica, Lease lease, Consumer<Entering> lagging) {
        this.locks = locks;
        this.replica = replica;
        this.lease = lease;
        this.lagging = lagging;
    }

    boolean isLeased() {
        return lease.isHeld();
    }

    CompletableFuture<Void> leased() {
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        leased.add(waiting);
        return waiting;
    }

    Entering acquire(ObjectId object, String holder) {
        Entering entering = new Entering(object, holder);
        ask(entering);
        return entering;
    }

    private void ask(Entering entering) {
        Ticket ticket = locks.acquire(entering.object(), entering.holder());
        entering.follow(ticket);
        var unused = ticket.token().whenComplete((token, failure) -> {
            if (failure == null) {
                granted.put(entering.object(), entering);
                enterIfReady(entering.object());
            } else if (failure instanceof CancellationException) {
                entering.section().cancel(false);
            } else {
                entering.section().completeExceptionally(failure);
            }
        });
    }

    void cancel(Entering entering) {
        locks.cancel(entering.ticket());
        if (granted.remove(entering.object(), entering)) {
            locks.release(entering.object(), entering.token());
            entering.section().cancel(false);
        }
    }

    /** A grant is entered with the copy that it names (A3). */
    void enterIfReady(ObjectId object) {
        Entering entering = granted.get(object);
        if (entering == null) {
            return;
        }
        if (replica.version(object) != entering.base()) {
            lagging.accept(entering);
        } else if (lease.isHeld()) { // else the next tick looks again
            granted.remove(object);
            Section section = new Section(entering.token(), entering.base());
            present.put(object, section);
            entering.section().complete(section);
        }
    }

    /** Takes out the section that ends. */
    Section end(ObjectId object, long token) {
        Section section = present.get(object);
        if (section == null || section.token() != token) {
            throw new IllegalStateException(object + " has no section with token " + token + " but " + section);
        }
        return present.remove(object);
    }

    /**
     * C6b: a grant that was not entered may name a version that nobody has any more.
     *
     * @param lost whether this member enters anew
     */
    void onEpoch(boolean lost) {
        List<Entering> left = List.copyOf(granted.values());
        granted.clear();
        for (Entering entering : left) {
            if (!lost) {
                locks.release(entering.object(), entering.token());
            }
            ask(entering);
        }
    }

    /** What was granted is lost with the holds: whoever waits to enter waits until this member is back. */
    void onDropped() {
        present.clear();
        tellLeased();
        onEpoch(true);
    }

    private void tellLeased() {
        List<CompletableFuture<Void>> waiting = List.copyOf(leased);
        leased.clear();
        waiting.forEach(future -> future.complete(null));
    }

    void onTick(long nanos) {
        if (!leased.isEmpty() && lease.isHeld()) {
            tellLeased();
        }
        if (!granted.isEmpty()) {
            List.copyOf(granted.keySet()).forEach(this::enterIfReady);
            giveUpSilent(nanos);
        }
    }

    /** A grant ends nobody's wait while the copy to start from does not come, as when all is cut off after it. */
    private void giveUpSilent(long nanos) {
        List<Ticket> tickets = granted.values().stream().map(Entering::ticket).toList();
        for (Ticket silent : locks.silent(tickets, nanos)) {
            Entering entering = granted.get(silent.lock());
            if (entering != null && entering.ticket().equals(silent)) {
                granted.remove(entering.object());
                locks.release(entering.object(), entering.token());
                entering.section().completeExceptionally(locks.unavailable(entering.object()));
            }
        }
    }
}
