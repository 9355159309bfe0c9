package org.goaway.usage.nemesis;

import java.util.Optional;
import org.goaway.protocol.kit.Model;

/** One field of a shared object; empty: never set. Its operations are {@link Asked}. */
final class FieldModel implements Model<Optional<Object>> {

    @Override
    public Optional<Object> initial() {
        return Optional.empty();
    }

    @Override
    public Optional<Optional<Object>> step(Optional<Object> state, Object operation, Object result) {
        return ((Asked) operation).returns(state.orElse(null), result)
                ? Optional.of(stepUnknown(state, operation))
                : Optional.empty();
    }

    @Override
    public Optional<Object> stepUnknown(Optional<Object> state, Object operation) {
        return Optional.ofNullable(((Asked) operation).next(state.orElse(null)));
    }
}
