package org.goaway.internal.object;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.goaway.ClusterLock;
import org.goaway.LinearizableObject;
import org.goaway.NotTransferableException;
import org.goaway.WrongTypeException;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Fence;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Value;

/** The operations that the two linearizable kinds share. Safe for any thread. */
abstract class LinearizableHandle extends ObjectHandle implements LinearizableObject {

    private final Guard guard;

    LinearizableHandle(ObjectId id, Values values, Calls calls, Listeners listeners, StoreCounts counts, Guard guard) {
        super(id, values, calls, listeners, counts);
        this.guard = guard;
    }

    /** Begins the operation, under {@code fence} if it is not null; called on the event loop. */
    abstract CompletableFuture<Answer> operate(Operation operation, Fence fence);

    /** The answer as the application may have it. */
    Answer received(Answer answer) {
        return answer;
    }

    /** The field's value and version as they are now. */
    abstract Answer current(String field);

    private Answer apply(Operation operation, String what) {
        Fence fence = guard.fence();
        Answer answer = received(calls.call(() -> operate(operation, fence), () -> doing(what, operation.field())));
        if (answer.result() == Answer.Result.STALE_TOKEN) {
            throw guard.stale(doing(what, operation.field()), fence, answer);
        }
        if (answer.result() == Answer.Result.TOO_LARGE) {
            throw new NotTransferableException(doing(what, operation.field()) + " was refused: all fields of " + this
                    + " would take " + answer.version().count()
                    + " bytes, more than travels at once. Nothing was done: spread them over several objects");
        }
        if (answer.result() == Answer.Result.DONE) {
            counts.written();
        }
        return answer;
    }

    @Override
    public final Optional<ClusterLock> guard() {
        return guard.lock();
    }

    @Override
    final void write(String field, Value value) {
        apply(new Operation.Set(field, value), "set");
    }

    @Override
    public final void clear() {
        apply(new Operation.Clear(), "clear");
    }

    @Override
    public final <T> T update(String field, T initial, UnaryOperator<T> fn) {
        checked(field);
        Objects.requireNonNull(fn, "fn");
        Answer seen = current(field);
        while (true) {
            T next = fn.apply(orElse(field, values.decode(seen.value()), initial));
            Value value = values.encode(id, field, next);
            Answer answer = apply(new Operation.SetIf(field, seen.version(), value), "update");
            if (answer.result() == Answer.Result.DONE) {
                return next;
            }
            seen = answer;
        }
    }

    @Override
    public final boolean compareAndSet(String field, Object expected, Object next) {
        checked(field);
        calls.checkOpen();
        Value compared = values.encodeExpected(id, field, expected);
        Value set = values.encode(id, field, next);
        Answer answer = apply(new Operation.CompareAndSet(field, compared, set), "compareAndSet");
        while (answer.result() != Answer.Result.DONE) {
            if (!values.isEqualList(answer.value(), expected)) {
                return false;
            }
            answer = apply(new Operation.SetIf(field, answer.version(), set), "compareAndSet");
        }
        return true;
    }

    @Override
    public final long addAndGet(String field, long delta) {
        Answer answer = apply(new Operation.Add(checked(field), delta), "addAndGet");
        Object now = values.decode(answer.value());
        if (answer.result() == Answer.Result.NOT_A_NUMBER) {
            throw new WrongTypeException(Names.of(id, field) + " holds a "
                    + (now == null ? "value" : now.getClass().getName())
                    + ", not a whole number: addAndGet needs a java.lang.Long, Integer, Short or Byte");
        }
        return ((Number) now).longValue();
    }
}
