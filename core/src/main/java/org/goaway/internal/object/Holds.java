package org.goaway.internal.object;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.goaway.protocol.ObjectId;

/**
 * What the threads of this node hold. At most one of them holds an object at a time, since each asks its home for itself.
 * Safe for any thread.
 */
final class Holds {

    private final Map<ObjectId, Hold> present = new ConcurrentHashMap<>();
    private final Supplier<String> holder;

    /** @param holder who the current thread is, in words, for those that wait behind it */
    Holds(Supplier<String> holder) {
        this.holder = holder;
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
            throw new IllegalMonitorStateException(operation + " needs " + Names.of(id)
                    + ", which this thread does not hold: only the thread that got it may call this");
        }
        return mine;
    }

    void entered(ObjectId id, long token, int depth) {
        present.put(id, new Hold(id, Thread.currentThread(), token, depth));
    }

    void left(Hold hold) {
        present.remove(hold.id, hold);
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
