package org.goaway.internal.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.goaway.LockLostException;
import org.goaway.protocol.ObjectId;

/**
 * What the threads of this node hold. At most one of them holds an object at a time, since each asks its home for itself.
 * Safe for any thread.
 */
final class Holds {

    /** Stands where no thread has the object, but one that has lost it may not have left it yet. */
    private static final Hold LOST = new Hold(null, null, -1, 0);

    /** Names what a thread has lost. */
    private record Place(ObjectId id, Thread thread) {}

    /** Changed only within {@link Map#compute}; of locks nothing is kept that nobody holds, since their names may be ever new. */
    private final Map<ObjectId, AtomicReference<Hold>> present = new ConcurrentHashMap<>();
    /** What each thread has entered and neither left nor, as far as it is known, lost. */
    private final Map<Thread, Set<Hold>> byThread = new ConcurrentHashMap<>();

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

    /**
     * What always has this object's hold, whichever thread's it is. Empty: no thread holds it, and none has lost it that has
     * not left it yet. Not of a lock, whose hold is elsewhere after each time that nobody had it.
     */
    AtomicReference<Hold> present(ObjectId id) {
        AtomicReference<Hold> known = present.get(id);
        return known != null ? known : present.computeIfAbsent(id, absent -> new AtomicReference<>());
    }

    /** The hold that {@link #present(ObjectId)} has; null: none. */
    Hold now(ObjectId id) {
        AtomicReference<Hold> known = present.get(id);
        return known == null ? null : known.get();
    }

    /** Puts {@code after} in the place of {@code before}, null being none, if that is present; returns whether it was. */
    private boolean replace(ObjectId id, Hold before, Hold after) {
        AtomicBoolean done = new AtomicBoolean();
        present.compute(id, (same, known) -> {
            AtomicReference<Hold> there = known == null ? new AtomicReference<>() : known;
            done.setPlain(there.compareAndSet(before, after));
            return there.get() == null && id.kind() == ObjectId.Kind.LOCK ? null : there;
        });
        return done.getPlain();
    }

    int size() {
        return present.size();
    }

    /** The current thread's hold; null: none. */
    Hold mine(ObjectId id) {
        return mineOf(now(id));
    }

    /** The current thread's hold of the object that {@code present} is of; null: none. */
    static Hold mine(AtomicReference<Hold> present) {
        return mineOf(present.get());
    }

    private static Hold mineOf(Hold hold) {
        return hold != null && hold.thread == Thread.currentThread() ? hold : null;
    }

    /** The current thread's hold, which {@code operation} needs. */
    Hold required(ObjectId id, String operation) {
        Hold mine = mine(id);
        if (mine == null) {
            checkLost(id);
            throw notHeld(id, operation);
        }
        return mine;
    }

    /** That the current thread does not hold what {@code operation} needs. */
    static IllegalMonitorStateException notHeld(ObjectId id, String operation) {
        return new IllegalMonitorStateException(operation + " needs " + Names.of(id)
                + ", which this thread does not hold: only the thread that got it may call this");
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
            removeLost(place, gone);
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
        String why = gone.notRegained
                ? "after a wait for a condition it could not be had again"
                : "this member was out of the cluster";
        return new LockLostException("This thread's hold of " + Names.of(gone.id) + " with token " + gone.token
                + " was lost: " + why + ", and another may hold it now. Get it again and look at"
                + " what it guards before you go on");
    }

    /** The current thread is in, as far as it knows. */
    void entered(ObjectId id, long token, int depth) {
        Hold entered = new Hold(id, Thread.currentThread(), token, depth);
        // First, so that it is there when the hold is lost at once.
        keep(entered);
        Hold before = now(id);
        while (before == null || before.token < token) {
            if (replace(id, before, entered)) {
                if (isLost(entered)) {
                    moveToLost(id, token);
                }
                return;
            }
            before = now(id);
        }
        // Another was granted it since: this hold was lost before its thread came to know of it.
        lost.put(new Place(id, entered.thread), entered);
        drop(entered);
        listeners.tell(id);
    }

    /** The hold with this token is lost, whether its thread knows yet that it has it or not. */
    void lost(ObjectId id, long token) {
        lostTokens.merge(id, token, Math::max);
        moveToLost(id, token);
    }

    private void moveToLost(ObjectId id, long token) {
        lost.values().removeIf(old -> !old.thread.isAlive());
        Hold hold = now(id);
        if (hold == null || hold.token != token) {
            return;
        }
        // Into the one before it is out of the other: its thread always finds it in one of them.
        Place place = new Place(id, hold.thread);
        lost.put(place, hold);
        if (replace(id, hold, LOST)) {
            drop(hold);
            listeners.tell(id);
        } else {
            lost.remove(place, hold);
        }
    }

    /** Whether the hold was lost. */
    boolean isLost(Hold hold) {
        return lostTokens.getOrDefault(hold.id, 0L) >= hold.token;
    }

    /** What the thread has lost and not left. */
    List<Hold> lostBy(Thread thread) {
        List<Hold> own = new ArrayList<>();
        for (Hold hold : lost.values()) { // a stream of none takes longer, and so does the end of each task
            if (hold.thread.equals(thread)) {
                own.add(hold);
            }
        }
        return own;
    }

    /** Nobody asks any more for what was lost: its thread's task has ended. */
    void forgetLost(Hold hold) {
        removeLost(new Place(hold.id, hold.thread), hold);
    }

    /** Its thread has left it; a loss in between comes too late. Returns whether it had it until now. */
    boolean left(Hold hold) {
        drop(hold);
        if (replace(hold.id, hold, isAnyLost(hold.id) ? LOST : null)) {
            return true;
        }
        removeLost(new Place(hold.id, hold.thread), hold);
        return false;
    }

    /**
     * Its thread left it to wait for a condition, and does not get it again: it counts as lost until the thread leaves.
     *
     * @param had whether it had it until it left it; else its loss has been told
     */
    void notRegained(Hold hold, boolean had) {
        hold.notRegained = had;
        lost.put(new Place(hold.id, hold.thread), hold);
        replace(hold.id, null, LOST);
        if (had) {
            listeners.tell(hold.id);
        }
    }

    private void keep(Hold hold) {
        byThread.compute(hold.thread, (thread, known) -> {
            Set<Hold> holds = known == null ? ConcurrentHashMap.newKeySet() : known;
            holds.add(hold);
            return holds;
        });
    }

    private void drop(Hold hold) {
        byThread.computeIfPresent(hold.thread, (thread, holds) -> {
            holds.remove(hold);
            return holds.isEmpty() ? null : holds;
        });
    }

    private void removeLost(Place place, Hold hold) {
        lost.remove(place, hold);
        if (!isAnyLost(place.id)) {
            replace(place.id, LOST, null);
        }
    }

    /** Whether some thread has lost the object and not left it yet. */
    boolean isAnyLost(ObjectId id) {
        return !lost.isEmpty() && lost.keySet().stream().anyMatch(place -> place.id.equals(id));
    }

    List<Hold> of(Thread thread) {
        Set<Hold> holds = byThread.get(thread);
        return holds == null
                ? List.of()
                : holds.stream().filter(hold -> now(hold.id) == hold).toList();
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
