package org.goaway.protocol.task;

import java.util.AbstractCollection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.goaway.protocol.task.Sent.Line;

/**
 * Tasks that wait at their spawner until their member has room for them, the first to come first. Those of a line wait for the same,
 * so who may leave is among the first of each line, however many wait.
 */
final class TaskQueue extends AbstractCollection<Sent> {

    private final Set<Sent> all = new LinkedHashSet<>();
    private final Map<Line, Set<Sent>> lines = new LinkedHashMap<>();
    private long last;

    @Override
    public boolean add(Sent sent) {
        sent.place = ++last;
        lines.computeIfAbsent(sent.line, any -> new LinkedHashSet<>()).add(sent);
        return all.add(sent);
    }

    /** It need not be among them. */
    void take(Sent sent) {
        if (all.remove(sent)) {
            Set<Sent> line = lines.get(sent.line);
            line.remove(sent);
            if (line.isEmpty()) {
                lines.remove(sent.line);
            }
        }
    }

    /** At most {@code most} tasks, in the order in which they came, of the lines whose first one {@code mayLeave}. */
    Stream<Sent> front(int most, Predicate<Sent> mayLeave) {
        return lines.values().stream()
                .filter(line -> mayLeave.test(line.iterator().next()))
                .flatMap(line -> line.stream().limit(most))
                .sorted(Comparator.comparingLong(sent -> sent.place))
                .limit(most);
    }

    /** Whether one waits that {@code sent} would wait behind, whatever that waits for. */
    boolean isBefore(Sent sent) {
        return lines.containsKey(sent.line);
    }

    @Override
    public Iterator<Sent> iterator() {
        return Collections.unmodifiableSet(all).iterator();
    }

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public void clear() {
        all.clear();
        lines.clear();
    }
}
