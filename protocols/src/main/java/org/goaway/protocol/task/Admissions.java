package org.goaway.protocol.task;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.task.TaskMessage.Assign;
import org.goaway.protocol.task.TaskMessage.Cancel;
import org.goaway.protocol.task.TaskMessage.Done;
import org.goaway.protocol.task.TaskMessage.Envelope;
import org.goaway.protocol.task.TaskMessage.Finished;
import org.goaway.protocol.task.TaskMessage.Missing;
import org.goaway.protocol.task.TaskMessage.Out;
import org.goaway.protocol.task.TaskMessage.Room;

/**
 * Which tasks a member starts, and what it has of those that it may start later; see the package. One caller at a time.
 *
 * @param <T> a task that may run
 */
public class Admissions<T> {

    private final MemberId self;
    private final RunnerPort<T> port;
    private final Map<MemberId, Origin<T>> origins = new LinkedHashMap<>();
    private long now;

    public Admissions(MemberId self, RunnerPort<T> port, long nanos) {
        this.self = self;
        this.port = port;
        this.now = nanos;
    }

    private Origin<T> origin(MemberId spawner) {
        return origins.computeIfAbsent(spawner, any -> new Origin<>(now));
    }

    public void onEnvelope(MemberId from, Envelope message) {
        Origin<T> origin = origin(from);
        long task = message.task();
        if (!self.equals(message.target())) {
            if (!origin.lost && !origin.hasSeen(task)) {
                origin.kept.put(task, message.content());
            }
        } else if (enter(from, origin, message.stint())) {
            admit(from, origin, task, message.attempt(), message.content());
        }
    }

    public void onAssign(MemberId from, Assign message) {
        Origin<T> origin = origin(from);
        if (!enter(from, origin, message.stint())) {
            return;
        }
        more(origin, message.more());
        List<Long> missing = new ArrayList<>();
        for (int i = 0; i < message.tasks().size(); i++) {
            long task = message.tasks().get(i);
            Message content = origin.kept.get(task);
            if (content != null || origin.hasSeen(task)) {
                admit(from, origin, task, message.attempt(), content);
            } else if (message.bytes().isEmpty()
                    || !endUnheld(from, origin, task, message.bytes().get(i))) {
                missing.add(task);
            }
        }
        if (!missing.isEmpty()) {
            port.send(from, new Missing(origin.stint, missing));
        } else if (message.tasks().isEmpty()) {
            port.send(from, new Room(origin.stint, origin.extra));
        }
    }

    /** Ends a task if its envelope, with so large a content, came and was too large for the memory here. */
    private boolean endUnheld(MemberId from, Origin<T> origin, long task, int bytes) {
        Message unheld = origin.takeUnheld(bytes, now);
        if (unheld == null) {
            return false;
        }
        Finished end = new Finished(task, origin.stint, unheld, false);
        keep(origin, end);
        port.send(from, end);
        return true;
    }

    /**
     * A message of so many bytes has come from {@code spawner} and was too large for the memory here. If an envelope of that
     * size is missing when this member is reminded of its task next, that was it: the task does not start, and ends with
     * {@code result}. The others may be on their way.
     */
    public void onUnheld(MemberId spawner, int bytes, Message result) {
        origin(spawner).unheld(bytes, result, now);
    }

    private static void more(Origin<?> origin, boolean more) {
        origin.more = more;
        if (!more) {
            origin.extra = 0;
        }
    }

    /**
     * Whether {@code stint} is the present one, which it is when it is later than all before it. A spawner that is back may know
     * that before this member does: what it says then is not heard, and said again.
     */
    private boolean enter(MemberId from, Origin<T> origin, long stint) {
        if (stint <= origin.closed) {
            refuse(from, stint);
        } else if (origin.lost) {
            return false;
        } else if (stint > origin.stint) {
            supersede(origin);
            origin.stint = stint;
        }
        return stint > origin.closed && isPresent(origin.stint, stint);
    }

    void refuse(MemberId spawner, long stint) {
        port.send(spawner, new Out(stint));
    }

    /** Whether a message of {@code stint} counts when {@code latest} has begun. */
    boolean isPresent(long latest, long stint) {
        return stint == latest;
    }

    /** All that was assigned in the stint is ended by itself or runs elsewhere. */
    void supersede(Origin<T> origin) {
        origin.running.values().forEach(port::supersede);
        origin.running.clear();
        origin.ended.clear();
        origin.more = false;
        origin.extra = 0;
    }

    /** Starts a task, once; one that has ended is told again. */
    private void admit(MemberId from, Origin<T> origin, long task, int attempt, Message content) {
        if (!hasSeen(origin, task)) {
            origin.kept.remove(task);
            start(from, origin, task, attempt, content);
        } else if (origin.ended.containsKey(task)) {
            port.tellAgain(from, origin.ended.get(task));
        }
    }

    /** Its place comes first, for that takes memory: what has been started must be known as such, or it is started again. */
    private void start(MemberId from, Origin<T> origin, Long task, int attempt, Message content) {
        T started = null;
        try {
            origin.running.put(task, null);
            started = port.start(from, task, attempt, origin.stint, content);
        } finally {
            if (started == null) {
                origin.running.remove(task);
            } else {
                origin.running.replace(task, started);
            }
        }
    }

    boolean hasSeen(Origin<T> origin, long task) {
        return origin.hasSeen(task);
    }

    public void onCancel(MemberId from, Cancel message) {
        Origin<T> origin = origin(from);
        long task = message.task();
        if (!enter(from, origin, message.stint())) {
            return;
        }
        if (origin.running.containsKey(task)) {
            port.cancel(origin.running.get(task), message.interrupt());
        } else if (origin.ended.containsKey(task)) {
            port.tellAgain(from, origin.ended.get(task));
        } else if (!origin.over.contains(task)) {
            origin.kept.remove(task);
            Finished end = Finished.neverStarted(task, origin.stint);
            keep(origin, end);
            port.send(from, end);
        }
    }

    public void onDone(MemberId from, Done message) {
        Origin<T> origin = origin(from);
        for (long task : message.tasks()) {
            origin.kept.remove(task);
            origin.ended.remove(task);
            origin.over.add(task);
        }
        dropBelow(origin.kept, message.lowest());
        dropBelow(origin.ended, message.lowest());
        origin.over.addBelow(message.lowest());
    }

    /** They come in the order of their numbers, almost. */
    private static void dropBelow(Map<Long, ?> tasks, long lowest) {
        Iterator<Long> numbers = tasks.keySet().iterator();
        while (numbers.hasNext() && numbers.next() < lowest) {
            numbers.remove();
        }
    }

    /**
     * A task has ended, or never started and will not.
     *
     * @param result null: it never started
     * @param leaving whether this member is leaving
     */
    public void ended(MemberId spawner, long task, long stint, Message result, boolean leaving) {
        Origin<T> origin = origin(spawner);
        if (isPresent(origin.stint, stint) && origin.over.contains(task)) {
            origin.running.remove(task); // its spawner has given it up, and asks for its end no more
        } else if (isPresent(origin.stint, stint) && origin.running.containsKey(task)) {
            Finished end = new Finished(task, stint, result, leaving);
            keep(
                    origin,
                    end); // first: if there is no memory for it, the task is still one that runs, and can be told again
            origin.running.remove(task);
            port.send(spawner, end);
        }
    }

    /** The ends that {@code spawner} may not have heard of. */
    public List<Finished> untold(MemberId spawner) {
        return List.copyOf(origin(spawner).ended.values());
    }

    /** Whether the others have all results that they were sent, but for those that are lost. */
    public boolean areResultsKnown() {
        return origins.entrySet().stream()
                .filter(each -> !each.getKey().equals(self) && !each.getValue().lost)
                .flatMap(each -> each.getValue().ended.values().stream())
                .allMatch(end -> end.result() == null);
    }

    /** {@code end} cannot be sent: another result is told in its place. */
    public void replaceEnd(MemberId spawner, Finished end, Message result) {
        Origin<T> origin = origin(spawner);
        Finished instead = new Finished(end.task(), end.stint(), result, end.leaving());
        if (origin.ended.replace(end.task(), end, instead)) {
            port.send(spawner, instead);
        }
    }

    /** Until the spawner has it. */
    void keep(Origin<T> origin, Finished end) {
        origin.ended.put(end.task(), end);
    }

    /** The task of this number that may run here; null: none. */
    public T running(MemberId spawner, long task) {
        return origin(spawner).running.get(task);
    }

    /** Whether the task has been started here, or needs no start any more. */
    public boolean hasSeen(MemberId spawner, long task) {
        return origin(spawner).hasSeen(task);
    }

    /** Whether what {@code spawner} says is not heard, since it counts as lost here. */
    public boolean isLost(MemberId spawner) {
        return origin(spawner).lost;
    }

    /** The spawners where tasks wait for this member. */
    public List<MemberId> backlogged() {
        List<MemberId> backlogged = new ArrayList<>();
        origins.forEach((spawner, origin) -> {
            if (origin.more) {
                backlogged.add(spawner);
            }
        });
        return backlogged;
    }

    /** So many more tasks of {@code spawner} than there are slots may be assigned here. */
    public void room(MemberId spawner, int extra) {
        Origin<T> origin = origin(spawner);
        boolean late = extra > 0 && now - origin.toldAt >= Assignments.REPEAT_NANOS;
        if (origin.more && (extra != origin.extra || late)) {
            origin.extra = extra;
            origin.toldAt = now;
            port.send(spawner, new Room(origin.stint, extra));
        }
    }

    /** The member is lost: what it has started here is ended, and what it says of that is not heard any more. */
    public void onGone(MemberId member) {
        Origin<T> origin = origin(member);
        origin.lost = true;
        supersede(origin);
        origin.kept.clear();
        if (origin.stint > origin.closed) {
            close(origin);
            refuse(member, origin.stint);
        }
    }

    /** The member is heard again. */
    public void onBack(MemberId member) {
        origin(member).lost = false;
    }

    void close(Origin<T> origin) {
        origin.closed = origin.stint;
    }

    /** Time has passed. */
    public void onTick(long nanos) {
        now = nanos;
    }
}
