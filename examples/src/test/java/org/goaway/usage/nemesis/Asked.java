package org.goaway.usage.nemesis;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.goaway.GoAway;
import org.goaway.LinearizableObject;

/** What a client asks of one field: how it is done, what it does to the field, and what it may return. */
sealed interface Asked {

    /** The field of every object that is asked. */
    String FIELD = "v";

    /** Does it; returns what the client learned. */
    Object of(LinearizableObject object);

    /** The field's value after this was done where it had the value {@code before}. */
    Object next(Object before);

    /** Whether it can return {@code result} where the field has the value {@code before}. */
    boolean returns(Object before, Object result);

    /** Whether it leaves the field as it is. */
    default boolean reads() {
        return false;
    }

    /** Reads the field. */
    record Get() implements Asked {
        @Override
        public Object of(LinearizableObject object) {
            return object.get(FIELD);
        }

        @Override
        public Object next(Object before) {
            return before;
        }

        @Override
        public boolean returns(Object before, Object result) {
            return Objects.equals(before, result);
        }

        @Override
        public boolean reads() {
            return true;
        }

        @Override
        public String toString() {
            return "get";
        }
    }

    /** Sets the field. */
    record Put(long value) implements Asked {
        @Override
        public Object of(LinearizableObject object) {
            object.set(FIELD, value);
            return null;
        }

        @Override
        public Object next(Object before) {
            return value;
        }

        @Override
        public boolean returns(Object before, Object result) {
            return true;
        }

        @Override
        public String toString() {
            return "set " + value;
        }
    }

    /** Sets the field if it has the expected value; null: absent. */
    record Swap(Long expected, long value) implements Asked {
        @Override
        public Object of(LinearizableObject object) {
            return object.compareAndSet(FIELD, expected, value);
        }

        @Override
        public Object next(Object before) {
            return Objects.equals(before, expected) ? (Object) value : before;
        }

        @Override
        public boolean returns(Object before, Object result) {
            return Objects.equals(Objects.equals(before, expected), result);
        }

        @Override
        public String toString() {
            return "cas " + (expected == null ? "-" : expected) + " " + value;
        }
    }

    /** Adds to the field's number; no two clients add the same. */
    record Add(long delta) implements Asked {
        @Override
        public Object of(LinearizableObject object) {
            return object.addAndGet(FIELD, delta);
        }

        @Override
        public Object next(Object before) {
            return (before == null ? 0 : (Long) before) + delta;
        }

        @Override
        public boolean returns(Object before, Object result) {
            return next(before).equals(result);
        }

        @Override
        public String toString() {
            return "add " + delta;
        }
    }

    /** Adds to the field's number by a function that this client runs. */
    record Update(long delta) implements Asked {
        @Override
        public Object of(LinearizableObject object) {
            return object.update(FIELD, 0L, sum -> sum + delta);
        }

        @Override
        public Object next(Object before) {
            return new Add(delta).next(before);
        }

        @Override
        public boolean returns(Object before, Object result) {
            return next(before).equals(result);
        }

        @Override
        public String toString() {
            return "update " + delta;
        }
    }

    /** Adds an element to the field's set. */
    record Include(long element) implements Asked {
        @Override
        public Object of(LinearizableObject object) {
            return object.update(FIELD, Set.<Long>of(), set -> with(set, element));
        }

        @Override
        public Object next(Object before) {
            @SuppressWarnings("unchecked")
            Set<Long> set = before == null ? Set.of() : (Set<Long>) before;
            return with(set, element);
        }

        @Override
        public boolean returns(Object before, Object result) {
            return next(before).equals(result);
        }

        private static Set<Long> with(Set<Long> set, long element) {
            Set<Long> next = new TreeSet<>(set);
            next.add(element);
            return next;
        }

        @Override
        public String toString() {
            return "include " + element;
        }
    }

    /**
     * Sets the field to the token of the lock that guards it, which the calling thread holds or has lost without noticing:
     * the object refuses a token lower than one it has seen, so its values never fall.
     */
    record Claim(long token) implements Asked {

        /** The name of the object guarded by the lock of this name. */
        static String guardedBy(String lock) {
            return lock + GUARDED;
        }

        private static final String GUARDED = "-guarded";

        @Override
        public Object of(LinearizableObject object) {
            String name = object.name();
            String lock = name.substring(0, name.length() - GUARDED.length());
            object.guardedBy(GoAway.lock(lock)).set(FIELD, token);
            return null;
        }

        @Override
        public Object next(Object before) {
            return isStale(before) ? before : (Object) token;
        }

        @Override
        public boolean returns(Object before, Object result) {
            return !isStale(before);
        }

        private boolean isStale(Object before) {
            return before != null && (Long) before > token;
        }

        @Override
        public String toString() {
            return "claim " + token;
        }
    }

    /** Reads what {@code toString} wrote. */
    static Asked parse(String text) {
        String[] words = text.split(" ", -1);
        long[] numbers = Arrays.stream(words)
                .skip(1)
                .mapToLong(word -> word.equals("-") ? 0 : Long.parseLong(word))
                .toArray();
        return switch (words[0]) {
            case "get" -> new Get();
            case "set" -> new Put(numbers[0]);
            case "cas" -> new Swap(words[1].equals("-") ? null : (Long) numbers[0], numbers[1]);
            case "add" -> new Add(numbers[0]);
            case "update" -> new Update(numbers[0]);
            case "claim" -> new Claim(numbers[0]);
            case "include" -> new Include(numbers[0]);
            default -> throw new IllegalArgumentException(text);
        };
    }
}
