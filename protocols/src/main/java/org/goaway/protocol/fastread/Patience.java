package org.goaway.protocol.fastread;

import java.util.stream.Stream;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Value;

/**
 * How long to wait for an answer before a message is sent again: longer the more it carries, else copies of a large value
 * queue up behind its first one.
 */
final class Patience {

    /** What a slow transport needs for a byte, in nanoseconds: 20 MB/s. */
    private static final long PER_BYTE = 50;

    private Patience() {}

    /** The patience with a message that carries {@code values}; {@code small} is that with one that carries little. */
    static long with(long small, Stream<Value> values) {
        long bytes = values.filter(value -> value != null)
                .mapToLong(value -> value.bytes().length)
                .sum();
        return small + PER_BYTE * bytes;
    }

    /** The patience with a message that carries {@code operation}. */
    static long with(long small, Operation operation) {
        Value value = null;
        if (operation instanceof Operation.Set set) {
            value = set.value();
        } else if (operation instanceof Operation.SetIf set) {
            value = set.next();
        } else if (operation instanceof Operation.CompareAndSet set) {
            value = set.next();
        }
        return with(small, Stream.ofNullable(value));
    }
}
