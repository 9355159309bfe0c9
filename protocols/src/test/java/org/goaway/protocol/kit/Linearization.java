package org.goaway.protocol.kit;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.goaway.protocol.kit.History.Call;

/**
 * One search for a legal order of one key's calls (Wing and Gong, "Testing and verifying concurrent objects", 1993),
 * with the configurations already tried remembered (Lowe, "Testing for linearizability", 2017).
 *
 * <p>The events are a linked list in the order of time. A call may be placed next if no return stands before its start in
 * what is left of the list; placing it lifts its two events out. A call without a return may be placed anywhere after
 * its start or left out, so it is enough that all calls with a return are placed; where it changes nothing it is not
 * tried.
 */
final class Linearization<S> {

    /** Bounds a search that would not end in this life; ordinary histories take some thousand steps. */
    private static final int MOST_STEPS = 20_000_000;

    private static final class Event {
        final Call call;
        final int index;
        Event previous;
        Event next;
        /** The event of the return, at the event of a start; null at others. */
        Event returns;

        Event(Call call, int index) {
            this.call = call;
            this.index = index;
        }

        boolean isStart() {
            return index >= 0;
        }

        void lift() {
            previous.next = next;
            if (next != null) {
                next.previous = previous;
            }
            if (returns != null) {
                returns.lift();
            }
        }

        void putBack() {
            if (returns != null) {
                returns.putBack();
            }
            previous.next = this;
            if (next != null) {
                next.previous = this;
            }
        }
    }

    private record Placed<S>(Event event, S before) {}

    private record Configuration<S>(BitSet placed, S state) {}

    private final Model<S> model;
    private final Event head = new Event(null, -1);
    private final Deque<Placed<S>> order = new ArrayDeque<>();
    private final Set<Configuration<S>> tried = new HashSet<>();
    private final BitSet placed = new BitSet();
    private S state;
    private int missing;
    private int steps;

    Linearization(Model<S> model, List<Call> calls) {
        this.model = model;
        this.state = model.initial();
        Map<Long, Event> events = new TreeMap<>(Comparator.naturalOrder());
        for (Call call : calls) {
            Event start = new Event(call, events.size());
            events.put(call.called(), start);
            if (call.ended() != Long.MAX_VALUE) {
                start.returns = new Event(call, -1);
                events.put(call.ended(), start.returns);
                missing++;
            }
        }
        Event last = head;
        for (Event event : events.values()) {
            event.previous = last;
            last.next = event;
            last = event;
        }
    }

    /** Whether a legal order exists. */
    boolean exists() {
        return search(new LinkedHashSet<>(), 1);
    }

    /** Up to {@code most} of the states that the object can be in after all these calls. */
    Set<S> finalStates(int most) {
        Set<S> found = new LinkedHashSet<>();
        search(found, most);
        return found;
    }

    private boolean search(Set<S> found, int most) {
        Event event = head.next;
        while (true) {
            if (missing == 0 && found.add(state) && found.size() >= most) {
                return true;
            }
            while (event != null && event.isStart() && !place(event)) {
                event = event.next;
            }
            if (event != null && event.isStart()) {
                event = head.next;
                continue;
            }
            Optional<Event> undone = takeBack();
            if (undone.isEmpty()) {
                return !found.isEmpty();
            }
            event = undone.get().next;
        }
    }

    private boolean place(Event event) {
        if (++steps > MOST_STEPS) {
            throw new IllegalStateException("undecided after " + steps + " steps: use shorter histories or more keys");
        }
        Call call = event.call;
        boolean returned = event.returns != null;
        Optional<S> next = returned
                ? model.step(state, call.operation(), call.result())
                : Optional.of(model.stepUnknown(state, call.operation()));
        if (next.isEmpty() || (!returned && next.get().equals(state))) {
            return false;
        }
        BitSet with = (BitSet) placed.clone();
        with.set(event.index);
        if (!tried.add(new Configuration<>(with, next.get()))) {
            return false;
        }
        order.push(new Placed<>(event, state));
        placed.set(event.index);
        state = next.get();
        missing -= returned ? 1 : 0;
        event.lift();
        return true;
    }

    /** Takes back the last placing; empty when there is none. */
    private Optional<Event> takeBack() {
        if (order.isEmpty()) {
            return Optional.empty();
        }
        Placed<S> last = order.pop();
        Event event = last.event;
        event.putBack();
        placed.clear(event.index);
        state = last.before;
        missing += event.returns != null ? 1 : 0;
        return Optional.of(event);
    }
}
