package org.goaway.protocol.lock;

import java.util.ArrayList;
import java.util.List;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.lock.LockQueue.Request;

/** What an observer outside saw of the locks, in the order in which it happened. */
final class LockHistory {

    /** One thing that happened. */
    sealed interface Event permits Arrived, Entered, Left, Ended {
        ObjectId lock();
    }

    /** A request for a lock, with no condition, reached the lock's home for the first time. */
    record Arrived(ObjectId lock, Request request) implements Event {}

    /** A request got the lock. */
    record Entered(ObjectId lock, Request request, long token, boolean signalled) implements Event {}

    /** A hold ended, with these signals. {@code awaiting}: the request that awaits {@code condition} from now; or null. */
    record Left(ObjectId lock, long token, List<Signal> signals, Request awaiting, String condition) implements Event {}

    /** The message that ends a hold reached the lock's home for the first time. */
    record Ended(ObjectId lock, long token) implements Event {}

    private final List<Event> events = new ArrayList<>();

    List<Event> events() {
        return events;
    }

    LockHistory add(Event event) {
        events.add(event);
        return this;
    }

    /** The home gets this message; only the first of its kind counts. */
    void reached(MemberId from, Message message) {
        if (message instanceof Acquire acquire) {
            addOnce(new Arrived(acquire.lock(), new Request(from, acquire.request())));
        } else if (message instanceof Unlock unlock) {
            addOnce(new Ended(unlock.lock(), unlock.token()));
        } else if (message instanceof Await await) {
            addOnce(new Ended(await.lock(), await.token()));
        }
    }

    private void addOnce(Event event) {
        if (!events.contains(event)) {
            add(event);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("history:\n");
        events.forEach(event -> text.append(event).append('\n'));
        return text.toString();
    }
}
