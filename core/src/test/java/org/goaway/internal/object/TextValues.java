package org.goaway.internal.object;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.goaway.internal.wire.SizeLimit;
import org.goaway.protocol.Numbers;
import org.goaway.protocol.Value;

/** Encodes an object by its class and text, and finds it again by these. Lists can be compared, other collections not. */
final class TextValues implements Numbers {

    private final Map<String, Object> known = new ConcurrentHashMap<>();

    /** The values of one more application. */
    Values application() {
        return new Values(
                this::encode,
                bytes -> decode(bytes),
                object -> !(object instanceof Map) && object.getClass() != Thread.class,
                SizeLimit.VALUE);
    }

    private byte[] encode(Object object) {
        String text = object.getClass().getName() + ":" + object;
        known.put(text, object);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Object decode(byte[] bytes) {
        return known.get(new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public OptionalLong read(Value value) {
        Object object = decode(value.bytes());
        return object instanceof Long || object instanceof Integer
                ? OptionalLong.of(((Number) object).longValue())
                : OptionalLong.empty();
    }

    @Override
    public Value write(long number) {
        return Value.of(encode(number));
    }
}
