package org.goaway.protocol.lock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.lock.LockHistory.Arrived;
import org.goaway.protocol.lock.LockHistory.Ended;
import org.goaway.protocol.lock.LockHistory.Entered;
import org.goaway.protocol.lock.LockHistory.Event;
import org.goaway.protocol.lock.LockHistory.Left;
import org.goaway.protocol.lock.LockQueue.Request;

/** Says what is wrong with a history of locks. */
final class LockChecker {

    /** What is known of one lock while its events are read. */
    private static final class Seen {
        private final List<Request> arrived = new ArrayList<>();
        private final Map<String, List<Request>> awaiting = new LinkedHashMap<>();
        private final Set<Request> signalled = new HashSet<>();
        private final Map<Long, Left> ending = new HashMap<>();
        private Entered holder;
        private long lastToken;
        private int lastArrival = -1;
    }

    private final boolean everySignal;
    private final Map<ObjectId, Seen> locks = new HashMap<>();

    private LockChecker(boolean everySignal) {
        this.everySignal = everySignal;
    }

    /**
     * Throws an {@link AssertionError} unless holds exclude each other, tokens rise and requests are served as they
     * arrived.
     *
     * @param everySignal whether the history tells all that ends a wait for a condition, so that each signal must have
     *     woken the one that waited longest
     */
    static void check(LockHistory history, boolean everySignal) {
        LockChecker checker = new LockChecker(everySignal);
        for (Event event : history.events()) {
            Seen seen = checker.locks.computeIfAbsent(event.lock(), lock -> new Seen());
            if (event instanceof Arrived arrived) {
                seen.arrived.add(arrived.request());
            } else if (event instanceof Entered entered) {
                checker.onEntered(seen, entered);
            } else if (event instanceof Left left) {
                checker.onLeft(seen, left);
            } else if (everySignal) {
                onEnded(seen, ((Ended) event).token());
            }
        }
        checker.locks.forEach((lock, seen) ->
                require(seen.signalled.isEmpty(), "signals of " + lock + " woke nobody of " + seen.signalled));
    }

    private void onEntered(Seen seen, Entered entered) {
        require(seen.holder == null, "held twice: " + seen.holder + " and " + entered);
        require(entered.token() > seen.lastToken, "a token that does not rise: " + entered);
        seen.holder = entered;
        seen.lastToken = entered.token();
        int arrival = seen.arrived.indexOf(entered.request());
        if (arrival >= 0) {
            require(arrival > seen.lastArrival, "overtaken by a later request: " + entered);
            seen.lastArrival = arrival;
        }
        if (everySignal) {
            boolean due = seen.signalled.remove(entered.request());
            boolean awaits = seen.awaiting.values().stream().anyMatch(all -> all.contains(entered.request()));
            require(due == entered.signalled() && !awaits, "woken by another signal than the one sent: " + entered);
        }
    }

    private void onLeft(Seen seen, Left left) {
        require(seen.holder != null && seen.holder.token() == left.token(), "ended without having begun: " + left);
        seen.holder = null;
        seen.ending.put(left.token(), left);
    }

    /** The home learns of the end of a hold: whom it signalled joins the queue, who awaits a signal begins to. */
    private static void onEnded(Seen seen, long token) {
        Left left = seen.ending.remove(token);
        if (left == null) {
            return; // a grant that nobody wanted
        }
        for (Signal signal : left.signals()) {
            List<Request> awaiting = seen.awaiting.getOrDefault(signal.condition(), new ArrayList<>());
            List<Request> woken = awaiting.subList(0, signal.all() ? awaiting.size() : Math.min(1, awaiting.size()));
            seen.signalled.addAll(woken);
            seen.arrived.addAll(woken);
            woken.clear();
        }
        if (left.awaiting() != null) {
            seen.awaiting
                    .computeIfAbsent(left.condition(), condition -> new ArrayList<>())
                    .add(left.awaiting());
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
