package org.goaway.internal.wire.value;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.Function;

/** The key types of enum sets and maps, which they do not tell. */
public final class EnumTypes {

    /** Belongs to no other enum's set or map. */
    private enum Stranger {
        ONE
    }

    private EnumTypes() {}

    /** The type of a set's elements. */
    public static Class<?> of(EnumSet<?> set) {
        EnumSet<?> some = set.isEmpty() ? EnumSet.complementOf(set) : set;
        if (some.isEmpty()) {
            throw new Refusal(set.getClass(), "its enum has no constants; send a Set.of() instead", null);
        }
        return some.iterator().next().getDeclaringClass();
    }

    /** An empty map tells its type to him only who puts a wrong key: in the message of the exception. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // the wrong key is the point
    public static Object of(EnumMap<?, ?> map, Function<String, Class<?>> resolver) {
        if (!map.isEmpty()) {
            return map.keySet().iterator().next().getDeclaringClass();
        }
        try {
            ((Map) map).put(Stranger.ONE, null);
            throw new IllegalStateException("an EnumMap took a strange key");
        } catch (ClassCastException e) {
            String message = String.valueOf(e.getMessage());
            return resolver.apply(message.substring(message.lastIndexOf(' ') + 1));
        }
    }

    /** An empty set of the type, which is still to be checked. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // checked to be an enum
    public static Collection<Object> setOf(Object type) {
        return (Collection<Object>) (Collection<?>) EnumSet.noneOf((Class) checked(type));
    }

    /** An empty map of the type, which is still to be checked. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // checked to be an enum
    public static Map<Object, Object> mapOf(Object type) {
        return (Map<Object, Object>) (Map<?, ?>) new EnumMap((Class) checked(type));
    }

    private static Class<?> checked(Object type) {
        if (type instanceof Class<?> named && named.isEnum()) {
            return named;
        }
        throw new CorruptException(type + " in the place of an enum");
    }
}
