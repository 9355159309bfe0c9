package org.goaway.protocol.spine;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.goaway.protocol.Numbers;
import org.goaway.protocol.Value;

/** Numbers of eight bytes; anything else is none. */
final class LongNumbers implements Numbers {

    @Override
    public OptionalLong read(Value value) {
        return value.bytes().length == Long.BYTES
                ? OptionalLong.of(ByteBuffer.wrap(value.bytes()).getLong())
                : OptionalLong.empty();
    }

    @Override
    public Value write(long number) {
        return Value.of(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    Long readOrNull(Value value) {
        return value == null ? null : read(value).getAsLong();
    }
}
