package org.goaway.protocol.release;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.goaway.protocol.Changes;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;

/**
 * This member's copies. Written on the event loop, readable from any thread: a copy is immutable and replaced as a whole,
 * so that a reader sees all of a release or none of it.
 */
public class Replica {

    private final Map<ObjectId, Current> copies = new ConcurrentHashMap<>();
    private final Map<ObjectId, List<Follower>> followers = new HashMap<>();
    private final Changes changes;

    Replica(Changes changes) {
        this.changes = changes;
    }

    /** How many objects there are copies of. Any thread. */
    public int size() {
        return copies.size();
    }

    /** What always has this object's copy as it is then. */
    public Current current(ObjectId object) {
        Current known = copies.get(object);
        return known != null ? known : copies.computeIfAbsent(object, absent -> new Current());
    }

    /** The copy as it is now: a consistent snapshot. */
    public Copy copy(ObjectId object) {
        Current known = copies.get(object);
        return known == null ? Copy.EMPTY : known.copy();
    }

    /** The field's value in the copy as it is now; null: absent. */
    public Value get(ObjectId object, String field) {
        return copy(object).get(field);
    }

    /** The token of the last section in the copy as it is now; 0: none. */
    public long version(ObjectId object) {
        return copy(object).version();
    }

    /** Tells {@code follower} of all that becomes of the object's copy from now on, until it is over. On the event loop. */
    public void follow(ObjectId object, Follower follower) {
        List<Follower> all = followers.computeIfAbsent(object, id -> new CopyOnWriteArrayList<>());
        all.removeIf(Follower::isOver);
        all.add(follower);
    }

    private List<Follower> followersOf(ObjectId object) {
        return followers.getOrDefault(object, List.of());
    }

    /** Whether the diff fits on the copy. */
    boolean fits(Diff diff) {
        return diff.base() == version(diff.object());
    }

    /** Puts the diff onto the copy. */
    void apply(Diff diff) {
        ObjectId object = diff.object();
        Copy previous = copy(object);
        Copy next = previous.with(diff);
        current(object).become(next);
        diff.written().forEach((field, change) -> {
            Value value = next.fields().get(field);
            if (change.patch() == null) {
                replaced(object, field, previous, next);
            } else {
                followersOf(object).forEach(follower -> follower.edited(field, change.patch(), value));
                changes.changed(object, field, value);
            }
        });
    }

    /** Replaces the copy by a newer state. */
    void replace(State state) {
        ObjectId object = state.object();
        Copy previous = copy(object);
        Copy next = new Copy(state.version(), state.fields());
        current(object).become(next);
        Set<String> fields = new HashSet<>(previous.fields().keySet());
        fields.addAll(state.fields().keySet());
        fields.forEach(field -> replaced(object, field, previous, next));
    }

    private void replaced(ObjectId object, String field, Copy previous, Copy next) {
        Value value = next.fields().get(field);
        followersOf(object).forEach(follower -> follower.replaced(field, value));
        if (!isSame(previous.fields().get(field), value)) {
            changes.changed(object, field, value);
        }
    }

    /** Nobody makes the bytes of an edited value only to compare them. */
    private static boolean isSame(Value before, Value after) {
        return before == null ? after == null : after != null && before.source() == null && before.equals(after);
    }

    /** The objects of which there is something. */
    Set<ObjectId> objects() {
        return copies.entrySet().stream()
                .filter(one -> one.getValue().copy().version() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Drops all copies. */
    void clear() {
        objects().forEach(object -> {
            Set<String> fields = copy(object).fields().keySet();
            current(object).become(Copy.EMPTY);
            followersOf(object).forEach(Follower::cleared);
            fields.forEach(field -> changes.changed(object, field, null));
        });
    }
}
