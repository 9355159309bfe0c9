package org.goaway.protocol.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.goaway.protocol.task.Sent.Line;

/**
 * Tasks that wait at their spawner until their member has room for them. Those of a line wait for the same, so who may leave next is
 * among the heads of the lines, the first to come of each, however many wait.
 */
final class TaskQueue {

    private final Map<Line, Set<Sent>> lines = new HashMap<>();
    private long last;
    private int size;

    void add(Sent sent) {
        sent.place = ++last;
        Set<Sent> line = lines.get(sent.line);
        if (line == null) {
            line = new LinkedHashSet<>();
        }
        line.add(sent); // first: a line among the lines has a head
        lines.put(sent.line, line);
        size++;
    }

    boolean contains(Sent sent) {
        Set<Sent> line = lines.get(sent.line);
        return line != null && line.contains(sent);
    }

    /** It need not be among them. */
    void take(Sent sent) {
        Set<Sent> line = lines.get(sent.line);
        if (line != null && line.remove(sent)) {
            size--;
            if (line.isEmpty()) {
                lines.remove(sent.line);
            }
        }
    }

    /** The first to come of the heads that stand behind {@code place}; null: none does. */
    Sent headAfter(long place) {
        Sent first = null;
        for (Set<Sent> line : lines.values()) {
            Sent head = line.iterator().next();
            if (head.place > place && (first == null || head.place < first.place)) {
                first = head;
            }
        }
        return first;
    }

    /** At most the first {@code most} of each line, in the order in which they came. */
    List<Sent> front(int most) {
        List<Sent> front = new ArrayList<>();
        for (Set<Sent> line : lines.values()) {
            line.stream().limit(most).forEach(front::add);
        }
        front.sort(Comparator.comparingLong(sent -> sent.place));
        return front;
    }

    /** In the order in which they came. */
    List<Sent> all() {
        return front(size);
    }

    /** How many that came before {@code waits} wait for what it waits for, too. */
    int before(Sent waits) {
        long before = 0;
        for (Map.Entry<Line, Set<Sent>> line : lines.entrySet()) {
            if (line.getKey().competesWith(waits.line)) {
                before += line.getValue().stream()
                        .takeWhile(other -> other.place < waits.place)
                        .count();
            }
        }
        return (int) before;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        lines.clear();
        size = 0;
    }
}
