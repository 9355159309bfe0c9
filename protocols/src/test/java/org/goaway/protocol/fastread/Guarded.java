package org.goaway.protocol.fastread;

import java.util.Objects;
import java.util.Optional;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Answer.Result;
import org.goaway.protocol.Value;
import org.goaway.protocol.kit.Model;

/** A field that is only written under one lock: a register that refuses tokens lower than the highest it has seen. */
final class Guarded implements Model<Guarded.State> {

    /** The field's value, and the highest token seen. */
    record State(Value value, long token) {}

    /** A write with a token. */
    record Write(Value value, long token) {}

    /** Reads the field; its result is the value. */
    record Read() {}

    @Override
    public State initial() {
        return new State(null, 0);
    }

    @Override
    public Optional<State> step(State state, Object operation, Object result) {
        if (operation instanceof Write write) {
            Answer answer = (Answer) result;
            boolean stale = write.token < state.token;
            boolean told = answer.result() == Result.STALE_TOKEN;
            if (stale != told || (stale && answer.version().count() != state.token)) {
                return Optional.empty();
            }
            return Optional.of(stepUnknown(state, operation));
        }
        return Objects.equals(state.value, result) ? Optional.of(state) : Optional.empty();
    }

    @Override
    public State stepUnknown(State state, Object operation) {
        return operation instanceof Write write && write.token >= state.token
                ? new State(write.value, write.token)
                : state;
    }
}
