package org.goaway.protocol.fastread;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Answer.Result;
import org.goaway.protocol.Fence;
import org.goaway.protocol.Numbers;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;
import org.goaway.protocol.fastread.FastReadMessage.Change;

/**
 * What a round would change: the home's values with queued operations applied in order (W2).
 *
 * <p>All fields that the round changes get its one version. Each operation that changes something counts, and the
 * round's version is the last count: so the answer to an operation that another one of the round overwrites names a
 * version that nobody ever sees, and a later {@link Operation.SetIf} with it is refused, as it must be.
 */
final class Draft {

    private final Replica replica;
    private final Numbers numbers;
    private final long epoch;
    private final long most;
    private final Map<String, Value> changes = new LinkedHashMap<>();
    private final Map<String, Long> changedBy = new HashMap<>();
    private final Map<ObjectId, Long> fences = new LinkedHashMap<>();
    private long count;
    private long size;

    /**
     * A draft, for a round of this epoch, upon a replica that is VALID.
     *
     * @param most how many bytes all fields take at most
     */
    Draft(Replica replica, Numbers numbers, long epoch, long most) {
        this.replica = replica;
        this.numbers = numbers;
        this.epoch = epoch;
        this.most = most;
        this.count = next(replica, epoch).count() - 1;
        this.size = replica.size();
    }

    /** The version of an object's next round in this epoch (W3): the count begins anew in each. */
    static Version next(Replica replica, long epoch) {
        Version last = replica.version();
        return new Version(epoch, last.epoch() == epoch ? last.count() + 1 : 1);
    }

    /** Applies the operation unless its fence (null: none) is too low. */
    Answer apply(Operation operation, Fence fence) {
        if (fence != null) {
            long highest = fences.getOrDefault(fence.lock(), replica.token(fence.lock()));
            if (fence.token() < highest) {
                return new Answer(Result.STALE_TOKEN, new Version(0, highest), null);
            }
            if (fence.token() > highest) {
                fences.put(fence.lock(), fence.token());
                count++;
            }
        }
        return apply(operation);
    }

    /** Applies the operation. The answer's version is to be settled when the draft is complete. */
    Answer apply(Operation operation) {
        Decision decision = decide(operation);
        long next = size + growth(decision.changes);
        if (next > most && next > size) {
            return new Answer(Result.TOO_LARGE, new Version(0, next), null);
        }
        size = next;
        if (!decision.changes.isEmpty()) {
            count++;
            changedBy.put(operation.field(), count);
            for (Change change : decision.changes) {
                changes.put(change.field(), change.value());
                changedBy.put(change.field(), count);
            }
        }
        return new Answer(decision.result, version(operation.field()), decision.value);
    }

    /** Puts the round's version in the place of that of the last operation on the field. */
    Answer settle(Operation operation, Answer answer) {
        Long last = changedBy.get(operation.field());
        boolean visible = last != null && answer.version().equals(new Version(epoch, last));
        return visible ? new Answer(answer.result(), version(), answer.value()) : answer;
    }

    boolean isEmpty() {
        return changes.isEmpty() && fences.isEmpty();
    }

    /** The round's version. */
    Version version() {
        return new Version(epoch, count);
    }

    List<Change> changes() {
        List<Change> list = new ArrayList<>();
        changes.forEach((field, value) -> list.add(new Change(field, value)));
        return list;
    }

    /** The fences that the round raises. */
    List<Fence> fences() {
        List<Fence> list = new ArrayList<>();
        fences.forEach((lock, token) -> list.add(new Fence(lock, token)));
        return list;
    }

    private record Decision(Result result, Value value, List<Change> changes) {}

    private Decision decide(Operation operation) {
        String field = operation.field();
        Value current = value(field);
        if (operation instanceof Operation.Set set) {
            boolean absentAnyway = set.value() == null && current == null;
            return absentAnyway ? new Decision(Result.DONE, null, List.of()) : change(field, set.value(), null);
        }
        if (operation instanceof Operation.CompareAndSet cas) {
            return Objects.equals(current, cas.expected()) ? change(field, cas.next(), null) : refuse(current);
        }
        if (operation instanceof Operation.SetIf setIf) {
            return version(field).equals(setIf.expected()) ? change(field, setIf.next(), null) : refuse(current);
        }
        if (operation instanceof Operation.Add add) {
            OptionalLong number = current == null ? OptionalLong.of(0) : numbers.read(current);
            if (number.isEmpty()) {
                return unchanged(Result.NOT_A_NUMBER, current);
            }
            Value sum = numbers.write(number.getAsLong() + add.delta());
            return change(field, sum, sum);
        }
        return clear();
    }

    private static Decision change(String field, Value next, Value shown) {
        return new Decision(Result.DONE, shown, List.of(new Change(field, next)));
    }

    private static Decision refuse(Value current) {
        return unchanged(Result.REFUSED, current);
    }

    /** The answer may be kept for longer than the copy has the value: what programs made of that one must not stay. */
    private static Decision unchanged(Result result, Value current) {
        return new Decision(result, current == null ? null : Value.of(current.bytes()), List.of());
    }

    private Decision clear() {
        List<Change> removals = new ArrayList<>();
        replica.fields().stream()
                .filter(field -> !changes.containsKey(field))
                .forEach(field -> removals.add(new Change(field, null)));
        changes.forEach((field, value) -> {
            if (value != null) {
                removals.add(new Change(field, null));
            }
        });
        return new Decision(Result.DONE, null, removals);
    }

    private long growth(List<Change> next) {
        long growth = 0;
        for (Change change : next) {
            String field = change.field();
            long before = changes.containsKey(field) ? Entry.sizeOf(field, changes.get(field)) : replica.size(field);
            growth += Entry.sizeOf(field, change.value()) - before;
        }
        return growth;
    }

    private Value value(String field) {
        return changes.containsKey(field)
                ? changes.get(field)
                : replica.present(field).value();
    }

    /** What is absent has no version of its own, whether it was removed here, earlier, or never there. */
    private Version version(String field) {
        if (value(field) == null) {
            return Version.NONE;
        }
        Long changed = changedBy.get(field);
        return changed != null
                ? new Version(epoch, changed)
                : replica.present(field).version();
    }
}
