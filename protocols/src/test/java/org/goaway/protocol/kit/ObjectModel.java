package org.goaway.protocol.kit;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Answer.Result;
import org.goaway.protocol.Numbers;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;

/**
 * A shared object of the linearizable stores: its operations are {@link Operation}s and {@link Read}s, their results
 * {@link Answer}s. Histories with {@link Operation.Clear} need the object as key; others are checked faster with one key
 * for each field.
 *
 * <p>A version that no answer told is null here and is learned from the next answer that does. An answer's version may
 * never be lower than the one before it; that versions and values belong together follows from that and {@code SetIf}.
 */
public final class ObjectModel implements Model<Map<String, ObjectModel.Cell>> {

    /**
     * A field.
     *
     * @param value null: absent
     * @param version null: not known
     */
    public record Cell(Value value, Version version) {

        static final Cell NONE = new Cell(null, Version.NONE);

        boolean mayBe(Version told) {
            return told == null || version == null || version.equals(told);
        }

        @Override
        public String toString() {
            return value + (version == null ? "" : version.toString());
        }
    }

    /** Reads a field; its result is an {@link Answer} of {@link Result#DONE}, without version if the reader saw none. */
    public record Read(String field) {}

    private final Numbers numbers;

    public ObjectModel(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public Map<String, Cell> initial() {
        return Map.of();
    }

    @Override
    public Optional<Map<String, Cell>> step(Map<String, Cell> state, Object operation, Object result) {
        Answer answer = (Answer) result;
        if (operation instanceof Read read) {
            return seen(state, read.field(), answer);
        }
        if (operation instanceof Operation.Clear) {
            return answer.result() == Result.DONE ? Optional.of(cleared(state)) : Optional.empty();
        }
        return step(state, (Operation) operation, answer);
    }

    @Override
    public Map<String, Cell> stepUnknown(Map<String, Cell> state, Object operation) {
        if (operation instanceof Read) {
            return state;
        }
        if (operation instanceof Operation.Clear) {
            return cleared(state);
        }
        Operation asked = (Operation) operation;
        Cell cell = cell(state, asked.field());
        return outcome(cell, asked) == Result.DONE
                ? with(state, asked.field(), new Cell(next(cell, asked), null))
                : state;
    }

    private Optional<Map<String, Cell>> step(Map<String, Cell> state, Operation asked, Answer answer) {
        Cell cell = cell(state, asked.field());
        boolean open = asked instanceof Operation.SetIf && cell.version() == null;
        if (!open && answer.result() != outcome(cell, asked)) {
            return Optional.empty();
        }
        if (answer.result() != Result.DONE) {
            boolean told =
                    asked instanceof Operation.SetIf setIf && setIf.expected().equals(answer.version());
            return told ? Optional.empty() : seen(state, asked.field(), answer);
        }
        Value next = next(cell, asked);
        boolean valueFits = answer.value() == null || answer.value().equals(next);
        boolean versionFits = answer.version() == null
                || cell.version() == null
                || answer.version().compareTo(cell.version()) >= 0;
        return valueFits && versionFits
                ? Optional.of(with(state, asked.field(), new Cell(next, answer.version())))
                : Optional.empty();
    }

    /** What a read of the field learns: its value must be the one told, its version becomes known. */
    private static Optional<Map<String, Cell>> seen(Map<String, Cell> state, String field, Answer answer) {
        Cell cell = cell(state, field);
        if (!Objects.equals(cell.value(), answer.value()) || !cell.mayBe(answer.version())) {
            return Optional.empty();
        }
        Version version = cell.version() == null ? answer.version() : cell.version();
        return Optional.of(with(state, field, new Cell(cell.value(), version)));
    }

    private Result outcome(Cell cell, Operation asked) {
        if (asked instanceof Operation.CompareAndSet cas) {
            return Objects.equals(cell.value(), cas.expected()) ? Result.DONE : Result.REFUSED;
        }
        if (asked instanceof Operation.SetIf setIf) {
            return cell.mayBe(setIf.expected()) ? Result.DONE : Result.REFUSED;
        }
        if (asked instanceof Operation.Add) {
            return number(cell).isPresent() ? Result.DONE : Result.NOT_A_NUMBER;
        }
        return Result.DONE;
    }

    private Value next(Cell cell, Operation asked) {
        if (asked instanceof Operation.Set set) {
            return set.value();
        }
        if (asked instanceof Operation.CompareAndSet cas) {
            return cas.next();
        }
        if (asked instanceof Operation.SetIf setIf) {
            return setIf.next();
        }
        return numbers.write(number(cell).orElseThrow() + ((Operation.Add) asked).delta());
    }

    private OptionalLong number(Cell cell) {
        return cell.value() == null ? OptionalLong.of(0) : numbers.read(cell.value());
    }

    private static Cell cell(Map<String, Cell> state, String field) {
        return state.getOrDefault(field, Cell.NONE);
    }

    private static Map<String, Cell> with(Map<String, Cell> state, String field, Cell cell) {
        if (cell.equals(cell(state, field))) {
            return state;
        }
        Map<String, Cell> next = new TreeMap<>(state);
        next.put(field, cell);
        return next;
    }

    private static Map<String, Cell> cleared(Map<String, Cell> state) {
        Map<String, Cell> next = new TreeMap<>();
        state.keySet().forEach(field -> next.put(field, new Cell(null, null)));
        return next;
    }
}
