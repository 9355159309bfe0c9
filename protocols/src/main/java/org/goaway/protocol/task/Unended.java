package org.goaway.protocol.task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.task.TaskMessage.Done;

/** A spawner's tasks that have not ended, by number, and the numbers of those that have and that nobody was told of yet. */
final class Unended {

    private static final int MOST_DONE = 1024;

    private final Map<Long, Sent> sent = new LinkedHashMap<>();
    private final Queue<Long> done = new ArrayDeque<>();
    private long last;

    /** Numbers the task, whose envelope is of this {@link SpawnerPort#kind}. */
    Sent add(Assignable task, int kind) {
        Sent added = new Sent(++last, task, kind);
        try {
            sent.put(added.number, added);
        } catch (Throwable e) { // there may be no memory for a larger table, after it was added
            sent.remove(added.number);
            throw e;
        }
        return added;
    }

    /** The task of this number; null if it has ended. */
    Sent get(long number) {
        return sent.get(number);
    }

    /** The task that {@code from} may be running as this attempt; null if it is none. */
    Sent running(MemberId from, long number, int attempt) {
        Sent known = sent.get(number);
        return known != null && known.assigned && known.at.equals(from) && known.attempt == attempt ? known : null;
    }

    int size() {
        return sent.size();
    }

    List<Sent> all(Predicate<Sent> wanted) {
        return sent.values().stream().filter(wanted).toList();
    }

    List<Long> numbers() {
        return List.copyOf(sent.keySet());
    }

    /** The task has ended. */
    void forget(Sent known) {
        done.add(known.number);
        sent.remove(known.number);
    }

    /** What is to be told to all of tasks that have ended since it was asked last: nobody needs their envelopes any more. */
    List<Done> takeDone() {
        List<Done> news = new ArrayList<>();
        while (!done.isEmpty()) {
            List<Long> numbers = new ArrayList<>();
            while (!done.isEmpty() && numbers.size() < MOST_DONE) {
                numbers.add(done.remove());
            }
            news.add(new Done(numbers, lowest()));
        }
        return news;
    }

    private long lowest() {
        return sent.isEmpty() ? last + 1 : sent.keySet().iterator().next();
    }
}
