package org.goaway.internal.node;

import java.util.OptionalLong;
import org.goaway.internal.wire.Codec;
import org.goaway.protocol.Numbers;
import org.goaway.protocol.Value;

/** Numbers in the codec's encoding. Needs none of the application's classes. Safe for any thread. */
final class EncodedNumbers implements Numbers {

    private final Codec codec;

    /** @param codec of any loader: Java's own numbers look the same to all */
    EncodedNumbers(Codec codec) {
        this.codec = codec;
    }

    @Override
    public OptionalLong read(Value value) {
        if (value == null) {
            return OptionalLong.empty();
        }
        Object object;
        try {
            object = codec.decode(value.bytes());
        } catch (RuntimeException anotherKind) {
            return OptionalLong.empty();
        }
        boolean whole = object instanceof Long
                || object instanceof Integer
                || object instanceof Short
                || object instanceof Byte;
        return whole ? OptionalLong.of(((Number) object).longValue()) : OptionalLong.empty();
    }

    @Override
    public Value write(long number) {
        return Value.of(codec.encodeStored(number));
    }
}
