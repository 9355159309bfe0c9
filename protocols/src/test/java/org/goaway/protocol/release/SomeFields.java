package org.goaway.protocol.release;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.goaway.protocol.Value;
import org.goaway.protocol.diff.Change;

/** What a section does to some of an object's fields: sets and removes them, and edits the values that are there. */
final class SomeFields {

    private static final List<String> NAMES = List.of("x", "y", "z");
    private static final int PLACES = 8;

    private final Random random;
    private long last;

    SomeFields(Random random) {
        this.random = random;
    }

    /** New values for some of the fields, each with a number that was never there; some are removed. */
    Map<String, Value> next(Copy copy) {
        last++;
        Map<String, Value> written = new LinkedHashMap<>();
        for (String field : NAMES) {
            if (random.nextInt(4) > 0) {
                written.put(
                        field,
                        random.nextInt(5) == 0 ? null : next(copy.fields().get(field)));
            }
        }
        return written;
    }

    private Value next(Value before) {
        byte[] bytes = before == null || random.nextInt(6) == 0
                ? new byte[(PLACES + random.nextInt(3)) * Long.BYTES]
                : before.bytes().clone();
        return Value.of(ByteBuffer.wrap(bytes)
                .putLong(random.nextInt(PLACES) * Long.BYTES, last)
                .array());
    }

    /** How a releaser tells what was written over its copy. */
    static Map<String, Change> changes(Copy copy, Map<String, Value> written) {
        Map<String, Change> changes = new LinkedHashMap<>();
        written.forEach((field, value) -> changes.put(
                field, Change.between(copy.fields().get(field), value).orElseGet(() -> Change.set(value))));
        return changes;
    }
}
