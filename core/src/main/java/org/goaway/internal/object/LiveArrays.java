package org.goaway.internal.object;

import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.goaway.WrongTypeException;
import org.goaway.internal.object.LiveArray.State;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.diff.ArrayTwin;
import org.goaway.protocol.diff.Change;
import org.goaway.protocol.diff.Patch;
import org.goaway.protocol.release.Follower;
import org.goaway.protocol.release.Replica;

/**
 * The arrays that one application has of an object, one for a field. They follow the member's copy on the event loop; found
 * by any thread.
 */
final class LiveArrays {

    /** All fields of an object together may take little more. */
    private static final int MAX_BYTES = 500 << 20;

    private final ObjectId id;
    private final Replica replica;
    private final Values values;
    private final Calls calls;
    private final Map<String, LiveArray> arrays = new ConcurrentHashMap<>();
    private final Following following = new Following(this);
    private volatile boolean used;

    LiveArrays(ObjectId id, Replica replica, Values values, Calls calls) {
        this.id = id;
        this.replica = replica;
        this.values = values;
        this.calls = calls;
    }

    /** Whether an array was ever asked for. */
    boolean isUsed() {
        return used;
    }

    /** The field's array; null: none was asked for. */
    LiveArray get(String field) {
        return arrays.isEmpty() ? null : arrays.get(field);
    }

    void forEach(BiConsumer<String, LiveArray> visitor) {
        arrays.forEach(visitor);
    }

    /** The field's array of this type and length, made if there is none. */
    LiveArray require(String field, Class<?> type, int length) {
        if (!ArrayTwin.isPossible(type)) {
            throw new IllegalArgumentException("array " + Names.of(id, field) + " cannot be a " + type.getTypeName()
                    + ": ask for a double[], long[], int[], float[] or byte[]");
        } else if (length < 0) {
            throw new IllegalArgumentException("array " + Names.of(id, field) + " cannot have the length " + length);
        } else if (length > MAX_BYTES / ArrayTwin.widthOf(type)) {
            throw new IllegalArgumentException("array " + Names.of(id, field) + " cannot have the length " + length
                    + ": its elements may take " + MAX_BYTES + " bytes at most; use several objects");
        }
        LiveArray known = arrays.get(field);
        if (known == null || !isLike(known, type, length)) {
            known = calls.read(add(field, type, length), () -> "array " + Names.of(id, field));
        }
        if (known.state() == State.OTHER) {
            throw other(field, type, length, values.decode(replica.get(id, field)));
        }
        return known;
    }

    private static boolean isLike(LiveArray known, Class<?> type, int length) {
        return known.array().getClass() == type && Array.getLength(known.array()) == length;
    }

    private Supplier<CompletableFuture<LiveArray>> add(String field, Class<?> type, int length) {
        Object array = Array.newInstance(type.getComponentType(), length);
        int elements = length * ArrayTwin.widthOf(type);
        LiveArray made = new LiveArray(array, elements, () -> values.encode(id, field, array));
        return () -> {
            LiveArray known = arrays.get(field);
            Value value = replica.get(id, field);
            if (known != null && isLike(known, type, length)) {
                return CompletableFuture.completedFuture(known);
            } else if (known != null && known.state() != State.OTHER) {
                throw other(field, type, length, known.array());
            }
            made.replaced(value);
            if (made.state() != State.OTHER) {
                if (arrays.isEmpty()) {
                    replica.follow(id, following);
                }
                arrays.put(field, made);
                used = true;
            }
            return CompletableFuture.completedFuture(made);
        };
    }

    private RuntimeException other(String field, Class<?> type, int length, Object found) {
        String wanted = "a " + type.getTypeName() + " of " + length;
        if (found != null && found.getClass() == type) {
            return new IllegalArgumentException(Names.of(id, field) + " holds a " + type.getTypeName() + " of "
                    + Array.getLength(found) + ", not " + wanted + ": ask for the length that it has");
        }
        return new WrongTypeException(Names.of(id, field) + " holds a "
                + (found == null ? "null" : found.getClass().getTypeName()) + ", not " + wanted
                + ": ask for the type that it has, or remove the field first");
    }

    /** That the section has set the field to something that is no such array. */
    RuntimeException other(String field, Object array, Object found) {
        return other(field, array.getClass(), Array.getLength(array), found);
    }

    /** What the section did to arrays, by field; takes what it set there out of the workspace. */
    Map<String, Change> differences(Workspace section) {
        Map<String, Change> changes = new HashMap<>();
        arrays.forEach((field, array) -> {
            Value set = section.written(field);
            if (!section.isWritten(field)) {
                array.difference().ifPresent(change -> changes.put(field, change));
            } else if (set == null ? !array.isZero() : array.fits(set)) {
                section.unwrite(field);
                if (array.state() == State.PRESENT) {
                    array.difference().ifPresent(change -> changes.put(field, change));
                } else {
                    changes.put(field, array.whole());
                }
            }
        });
        return changes;
    }

    /** Brings what may not be up to date, since this member was out, in line with its copy. On the event loop. */
    void refresh() {
        arrays.forEach((field, array) -> {
            if (array.state() == State.UNKNOWN) {
                array.replaced(replica.get(id, field));
            }
        });
    }

    boolean isFresh() {
        return arrays.values().stream().noneMatch(array -> array.state() == State.UNKNOWN);
    }

    /** Takes back what a section changed that is lost. On the event loop. */
    void rollBack() {
        arrays.values().forEach(LiveArray::rollBack);
    }

    /**
     * Tells the arrays while anybody has them, also a thread that outlives its program: the replica must not keep the program's
     * classes.
     */
    private static final class Following implements Follower {

        private final WeakReference<LiveArrays> arrays;

        private Following(LiveArrays arrays) {
            this.arrays = new WeakReference<>(arrays);
        }

        private Map<String, LiveArray> all() {
            LiveArrays known = arrays.get();
            return known == null ? Map.of() : known.arrays;
        }

        @Override
        public boolean isOver() {
            return arrays.get() == null;
        }

        @Override
        public void edited(String field, Patch patch, Value value) {
            LiveArray array = all().get(field);
            if (array != null) {
                array.edited(patch, value);
            }
        }

        @Override
        public void replaced(String field, Value value) {
            LiveArray array = all().get(field);
            if (array != null) {
                array.replaced(value);
            }
        }

        @Override
        public void cleared() {
            all().values().forEach(LiveArray::cleared);
        }
    }
}
