package org.goaway.protocol.release;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.lock.Repeat;

/**
 * What is to be fetched from one home, and when. Few contents are on their way at a time, whatever their size: what
 * travels behind them is late, the answers that keep a member's lease among it. On the event loop only.
 */
final class FetchQueue {

    static final int AT_ONCE = 4;

    /** What waits, with the time from which on it may be asked for. */
    private final Map<ObjectId, Long> waiting = new LinkedHashMap<>();
    /** As above, but somebody waits to enter with it. */
    private final Map<ObjectId, Long> urgent = new LinkedHashMap<>();

    private final Set<ObjectId> asked = new LinkedHashSet<>();
    private final Consumer<ObjectId> fetch;
    private Repeat repeat;

    /** @param fetch asks the home */
    FetchQueue(Consumer<ObjectId> fetch) {
        this.fetch = fetch;
    }

    /** The object is wanted; it is asked for in its turn, not before {@code from}. */
    void add(ObjectId object, long from) {
        if (!asked.contains(object)) {
            Map<ObjectId, Long> line = urgent.containsKey(object) ? urgent : waiting;
            line.merge(object, from, (one, other) -> one - other < 0 ? one : other);
        }
    }

    /** As {@link #add}, but it does not wait for its turn. */
    void addUrgent(ObjectId object, long from) {
        Long before = waiting.remove(object);
        if (before != null) {
            urgent.put(object, before);
        }
        if (!asked.contains(object)) {
            urgent.putIfAbsent(object, from);
        }
    }

    /** The object is wanted no more: the next one may be asked for. */
    void remove(ObjectId object, long now) {
        asked.remove(object);
        waiting.remove(object);
        urgent.remove(object);
        ask(now);
    }

    boolean isEmpty() {
        return asked.isEmpty() && waiting.isEmpty() && urgent.isEmpty();
    }

    /** Content came from this home. What else was asked for may be behind it: else a slow link gets all of it again. */
    void heard(long now) {
        if (repeat != null) {
            repeat.postpone(now);
        }
    }

    void onTick(long now) {
        if (!asked.isEmpty() && repeat.isDue(now)) {
            asked.forEach(fetch);
        }
        ask(now);
    }

    private void ask(long now) {
        ask(urgent, Integer.MAX_VALUE, now);
        ask(waiting, AT_ONCE, now);
    }

    private void ask(Map<ObjectId, Long> line, int most, long now) {
        Iterator<Map.Entry<ObjectId, Long>> entries = line.entrySet().iterator();
        while (entries.hasNext() && asked.size() < most) {
            Map.Entry<ObjectId, Long> entry = entries.next();
            if (now - entry.getValue() >= 0) {
                if (asked.isEmpty()) {
                    repeat = new Repeat(now);
                }
                asked.add(entry.getKey());
                entries.remove();
                fetch.accept(entry.getKey());
            }
        }
    }
}
