package org.goaway.protocol.kit;

import java.util.Objects;
import java.util.Optional;

/** One register that holds any object or nothing. Its operations are {@link Call}s. */
public final class RegisterModel implements Model<Optional<Object>> {

    /** What a client can ask. */
    public sealed interface Call {

        /** The register's value after this call was made on {@code value}. */
        Object next(Object value);

        /** Whether {@code result} is what this call returns on {@code value}. */
        boolean returns(Object value, Object result);
    }

    /** Returns the value; null: absent. */
    public record Read() implements Call {
        @Override
        public Object next(Object value) {
            return value;
        }

        @Override
        public boolean returns(Object value, Object result) {
            return Objects.equals(value, result);
        }
    }

    /** Sets the value; null removes it. Its result is not looked at. */
    public record Write(Object value) implements Call {
        @Override
        public Object next(Object before) {
            return value;
        }

        @Override
        public boolean returns(Object before, Object result) {
            return true;
        }
    }

    /** Sets the value if it is {@code expected}; returns whether it did. */
    public record Cas(Object expected, Object next) implements Call {
        @Override
        public Object next(Object value) {
            return Objects.equals(value, expected) ? next : value;
        }

        @Override
        public boolean returns(Object value, Object result) {
            return Objects.equals(Objects.equals(value, expected), result);
        }
    }

    /** Adds to a Long, an absent one counts as 0; returns the sum. */
    public record Add(long delta) implements Call {
        @Override
        public Object next(Object value) {
            return (value == null ? 0L : (Long) value) + delta;
        }

        @Override
        public boolean returns(Object value, Object result) {
            return next(value).equals(result);
        }
    }

    @Override
    public Optional<Object> initial() {
        return Optional.empty();
    }

    @Override
    public Optional<Optional<Object>> step(Optional<Object> state, Object operation, Object result) {
        return ((Call) operation).returns(state.orElse(null), result)
                ? Optional.of(stepUnknown(state, operation))
                : Optional.empty();
    }

    @Override
    public Optional<Object> stepUnknown(Optional<Object> state, Object operation) {
        return Optional.ofNullable(((Call) operation).next(state.orElse(null)));
    }
}
