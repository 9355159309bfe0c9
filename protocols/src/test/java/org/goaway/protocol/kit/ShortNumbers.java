package org.goaway.protocol.kit;

import java.math.BigInteger;
import java.util.OptionalLong;
import org.goaway.protocol.Numbers;
import org.goaway.protocol.Value;

/** Whole numbers in as few bytes as they need; more than eight bytes are no number. */
public final class ShortNumbers implements Numbers {

    /** The encoding of a number. */
    public static Value value(long number) {
        return Value.of(BigInteger.valueOf(number).toByteArray());
    }

    @Override
    public OptionalLong read(Value value) {
        int length = value.bytes().length;
        return length < 1 || length > Long.BYTES
                ? OptionalLong.empty()
                : OptionalLong.of(new BigInteger(value.bytes()).longValueExact());
    }

    @Override
    public Value write(long number) {
        return value(number);
    }
}
