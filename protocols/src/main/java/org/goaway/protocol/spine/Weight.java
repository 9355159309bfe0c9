package org.goaway.protocol.spine;

import org.goaway.protocol.Message;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Value;
import org.goaway.protocol.strict.StrictCommand;

/** About how many bytes a command takes: what bounds packs and what is in flight, and how long it may be on its way. */
final class Weight {

    private static final long FRAME = 64;

    /** At 20 Mbit/s, on its way to the leader and from there to two other voters on one line. */
    private static final long NANOS_A_BYTE = 1_200;

    private Weight() {}

    static long of(Message body) {
        return FRAME + (body instanceof StrictCommand.Operate operate ? of(operate.operation()) : 0);
    }

    /** How long {@code bytes} may take into the log where lines are slow. */
    static long nanos(long bytes) {
        return bytes * NANOS_A_BYTE;
    }

    private static long of(Operation operation) {
        if (operation instanceof Operation.Set set) {
            return of(set.value());
        } else if (operation instanceof Operation.CompareAndSet compare) {
            return of(compare.expected()) + of(compare.next());
        } else if (operation instanceof Operation.SetIf condition) {
            return of(condition.next());
        }
        return 0;
    }

    private static long of(Value value) {
        return value == null ? 0 : value.bytes().length;
    }
}
