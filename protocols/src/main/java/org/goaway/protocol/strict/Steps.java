package org.goaway.protocol.strict;

import java.util.Objects;
import java.util.OptionalLong;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Numbers;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Value;

/** What an operation makes of a field: a pure function of the entry and the operation. */
final class Steps {

    private final Numbers numbers;

    Steps(Numbers numbers) {
        this.numbers = numbers;
    }

    Step apply(StrictState.Entry entry, Operation operation) {
        if (operation instanceof Operation.Set set) {
            return done(set.value());
        } else if (operation instanceof Operation.CompareAndSet compare) {
            return Objects.equals(entry.value(), compare.expected()) ? done(compare.next()) : refused();
        } else if (operation instanceof Operation.SetIf condition) {
            return entry.version().equals(condition.expected()) ? done(condition.next()) : refused();
        } else if (operation instanceof Operation.Add add) {
            OptionalLong number = entry.value() == null ? OptionalLong.of(0) : numbers.read(entry.value());
            return number.isPresent()
                    ? done(numbers.write(number.getAsLong() + add.delta()))
                    : new Step(Answer.Result.NOT_A_NUMBER, null);
        }
        throw new IllegalArgumentException("unknown operation " + operation);
    }

    private static Step done(Value next) {
        return new Step(Answer.Result.DONE, next);
    }

    private static Step refused() {
        return new Step(Answer.Result.REFUSED, null);
    }

    /** The result, and the field's next value where it is DONE. */
    record Step(Answer.Result result, Value next) {}
}
