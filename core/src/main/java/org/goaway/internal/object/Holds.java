package org.goaway.internal.object;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.goaway.LockLostException;
import org.goaway.protocol.ObjectId;

/**
 * What the threads of this node hold. At most one of them holds an object at a time, since each asks its home for itself.
 * Safe for any thread.
 */
final class Holds {

    /** Names what a thread has lost. */
    private record Place(ObjectId id, Thread thread) {}

    private final Map<ObjectId, Hold> present = new ConcurrentHashMap<>();
    private final Map<Place, Hold> lost = new ConcurrentHashMap<>();
    private final Map<ObjectId, Long> lostTokens = new ConcurrentHashMap<>();
    private final Supplier<String> holder;
    private final LossListeners listeners;

    /**
     * @param holder who the current thread is, in words, for those that wait behind it
     * @param listeners those that want to know of lost holds
     */
    Holds(Supplier<String> holder, LossListeners listeners) {
        this.holder = holder;
        this.listeners = listeners;
    }

    /** The current thread's hold; null: none. */
    Hold mine(ObjectId id) {
        Hold hold = present.get(id);
        return hold != null && hold.thread == Thread.currentThread() ? hold : null;
    }

    /** The current thread's hold, which {@code operation} needs. */
    Hold required(ObjectId id, String operation) {
        Hold mine = mine(id);
        if (mine == null) {
            checkLost(id);
            throw new IllegalMonitorStateException(operation + " needs " + Names.of(id)
                    + ", which this thread does not hold: only the thread that got it may call this");
        }
        return mine;
    }

    /** As {@link #required}, for leaving: a thread that leaves as often as it entered is done with what it lost. */
    Hold leaving(ObjectId id, String operation) {
        Hold mine = mine(id);
        if (mine != null) {
            return mine;
        }
        Place place = new Place(id, Thread.currentThread());
        Hold gone = lost.get(place);
        if (gone != null && gone.leave()) {
            lost.remove(place);
            throw exception(gone);
        }
        return required(id, operation);
    }

    /** Throws if the current thread has lost its hold and not left yet. */
    void checkLost(ObjectId id) {
        Hold gone = lost.isEmpty() ? null : lost.get(new Place(id, Thread.currentThread()));
        if (gone != null) {
            throw exception(gone);
        }
    }

    /** That this hold was lost. */
    static LockLostException exception(Hold gone) {
        return new LockLostException("This thread's hold of " + Names.of(gone.id) + " with token " + gone.token
                + " was lost: this member was out of the cluster, and another may hold it now. Get it again and look at"
                + " what it guards before you go on");
    }

    void entered(ObjectId id, long token, int depth) {
        present.put(id, new Hold(id, Thread.currentThread(), token, depth));
        if (lostTokens.getOrDefault(id, 0L) >= token) {
            moveToLost(id, token);
        }
    }

    /** The hold with this token is lost, whether its thread knows yet that it has it or not. */
    void lost(ObjectId id, long token) {
        lostTokens.merge(id, token, Math::max);
        moveToLost(id, token);
    }

    private void moveToLost(ObjectId id, long token) {
        lost.values().removeIf(old -> !old.thread.isAlive());
        AtomicBoolean moved = new AtomicBoolean();
        present.computeIfPresent(id, (same, hold) -> {
            if (hold.token != token) {
                return hold;
            }
            // Into the one before it is out of the other: its thread always finds it in one of them.
            lost.put(new Place(id, hold.thread), hold);
            moved.set(true);
            return null;
        });
        if (moved.get()) {
            listeners.tell(id);
        }
    }

    /** Whether the hold was lost. */
    boolean isLost(Hold hold) {
        return lostTokens.getOrDefault(hold.id, 0L) >= hold.token;
    }

    /** The thread's task has ended: nobody asks any more what it had lost, which is returned. */
    List<Hold> forgetLost(Thread thread) {
        List<Hold> forgotten = lost.values().stream()
                .filter(hold -> hold.thread.equals(thread))
                .toList();
        forgotten.forEach(hold -> lost.remove(new Place(hold.id, thread), hold));
        return forgotten;
    }

    /** Its thread has left it; a loss in between comes too late. */
    void left(Hold hold) {
        if (!present.remove(hold.id, hold)) {
            lost.remove(new Place(hold.id, hold.thread), hold);
        }
    }

    List<Hold> of(Thread thread) {
        return present.values().stream()
                .filter(hold -> hold.thread.equals(thread))
                .toList();
    }

    String holder() {
        return holder.get();
    }

    /** Why the current thread waits, with all that it keeps others from meanwhile. */
    Supplier<String> waitingFor(String what, Supplier<String> heldBy) {
        Thread thread = Thread.currentThread();
        return () -> {
            String by = heldBy.get();
            String held =
                    of(thread).stream().map(hold -> Names.of(hold.id)).sorted().collect(Collectors.joining(" and "));
            return what + (by.isEmpty() ? "" : ", held by " + by) + (held.isEmpty() ? "" : ", while it holds " + held);
        };
    }
}
