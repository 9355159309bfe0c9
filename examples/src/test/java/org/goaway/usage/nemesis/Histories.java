package org.goaway.usage.nemesis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.goaway.protocol.kit.History;

/** Makes one history of what all clients recorded. */
final class Histories {

    /** The start or the end of a call; a start comes before an end of the same stamp, which forbids least. */
    private record Event(long nanos, boolean end, Recorded call) {}

    private Histories() {}

    /** The calls of shared objects in the order of their stamps. */
    static History of(List<Recorded> calls) {
        List<Event> events = new ArrayList<>();
        for (Recorded call : calls) {
            if (!call.isOfLock() && !call.isQuiet()) {
                events.add(new Event(call.called(), false, call));
                if (call.ended() != Long.MAX_VALUE) {
                    events.add(new Event(call.ended(), true, call));
                }
            }
        }
        events.sort(Comparator.comparingLong(Event::nanos).thenComparing(Event::end));
        long first = events.isEmpty() ? 0 : events.get(0).nanos();
        AtomicLong now = new AtomicLong();
        History history = new History(now::get);
        Map<Recorded, Integer> numbers = new HashMap<>();
        for (Event event : events) {
            now.set(event.nanos() - first);
            Recorded call = event.call();
            if (event.end()) {
                end(history, numbers.get(call), call);
            } else {
                numbers.put(call, history.invoke(call.client(), call.key(), Asked.parse(call.asked())));
            }
        }
        return history;
    }

    private static void end(History history, int number, Recorded call) {
        if (call.is(Journal.DONE)) {
            history.returned(number, Journal.result(call.what()));
        } else if (call.is(Journal.NOT_DONE)) {
            history.notDone(number);
        } else {
            history.unknown(number);
        }
    }
}
