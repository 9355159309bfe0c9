package org.goaway.protocol.kit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What clients asked and what they were answered, in the order in which it happened. Any thread may write to it: an
 * event's place is where it got the monitor, so a call is recorded before it is made and its result after it was seen.
 */
public final class History {

    /** How a call ended. */
    public enum End {
        /** Not yet; to be treated as {@link #UNKNOWN} once the run is over. */
        OPEN,
        /** With a result. */
        RETURNED,
        /** It may have taken effect, may do so at any later time, or never. */
        UNKNOWN,
        /** It certainly took no effect and never will. */
        NOT_DONE
    }

    /**
     * One call.
     *
     * @param key what it is about; calls of different keys are checked apart
     * @param called the place of its start among all events
     * @param ended the place of its end among all events; {@link Long#MAX_VALUE} unless it returned
     * @param calledNanos the stamp of its start, 0 without a clock
     */
    public record Call(
            int id,
            String client,
            String key,
            Object operation,
            long called,
            long calledNanos,
            End end,
            Object result,
            long ended,
            long endedNanos) {

        /** This call as it was known just before the event {@code limit}. */
        Call before(long limit) {
            return ended < limit ? this : ended(End.OPEN, null, Long.MAX_VALUE, 0);
        }

        private Call ended(End how, Object value, long at, long nanos) {
            return new Call(id, client, key, operation, called, calledNanos, how, value, at, nanos);
        }
    }

    private final LongSupplier nanos;
    private final List<Call> calls = new ArrayList<>();
    private long events;

    /** A history without time stamps. */
    public History() {
        this(() -> 0);
    }

    /** A history whose events are stamped by {@code nanos}; the stamps are shown to people, the order alone is checked. */
    public History(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Records that {@code client} is about to call {@code operation} on {@code key}; returns the call's id. */
    public synchronized int invoke(String client, String key, Object operation) {
        int id = calls.size();
        calls.add(new Call(id, client, key, operation, ++events, nanos.getAsLong(), End.OPEN, null, Long.MAX_VALUE, 0));
        return id;
    }

    /** Records that the call returned {@code result}. */
    public synchronized void returned(int id, Object result) {
        end(id, End.RETURNED, result, ++events);
    }

    /** Records that the call's outcome is not known and will not be. */
    public synchronized void unknown(int id) {
        end(id, End.UNKNOWN, null, Long.MAX_VALUE);
    }

    /** Records that the call was refused without effect. */
    public synchronized void notDone(int id) {
        end(id, End.NOT_DONE, null, Long.MAX_VALUE);
    }

    /** All calls so far, in the order of their starts. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The calls that may have had an effect or a result, by key. */
    Collection<List<Call>> byKey() {
        Map<String, List<Call>> keys = new LinkedHashMap<>();
        for (Call call : calls()) {
            if (call.end != End.NOT_DONE) {
                keys.computeIfAbsent(call.key, key -> new ArrayList<>()).add(call);
            }
        }
        return keys.values();
    }

    /** All calls as a timeline. */
    @Override
    public String toString() {
        return Timeline.of(calls());
    }

    private void end(int id, End how, Object result, long at) {
        Call call = calls.get(id);
        if (call.end != End.OPEN) {
            throw new IllegalStateException("call " + call + " ends a second time: " + how + " " + result);
        }
        calls.set(id, call.ended(how, result, at, nanos.getAsLong()));
    }
}
