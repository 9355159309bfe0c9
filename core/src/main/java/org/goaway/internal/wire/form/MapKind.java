package org.goaway.internal.wire.form;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.EnumTypes;
import org.goaway.internal.wire.value.Refusal;

/**
 * A kind of map of the JDK.
 *
 * @param id on the wire; never used again for another kind
 * @param unordered whether its order depends on hashes
 * @param detail what it is made with besides its entries; null: nothing
 * @param make makes an empty one of the detail; null if it cannot be filled later
 * @param view makes what is read of the one that is filled; null: it is that itself
 * @param build makes one that cannot be filled later of detail and entries
 */
record MapKind(
        int id,
        boolean unordered,
        BiFunction<Map<?, ?>, Forms, Object> detail,
        Function<Object, Map<Object, Object>> make,
        UnaryOperator<Map<Object, Object>> view,
        BiFunction<Object, Map<Object, Object>, Map<Object, Object>> build) {

    private MapKind(
            int id,
            boolean unordered,
            BiFunction<Map<?, ?>, Forms, Object> detail,
            Function<Object, Map<Object, Object>> make,
            BiFunction<Object, Map<Object, Object>, Map<Object, Object>> build) {
        this(id, unordered, detail, make, null, build);
    }

    private static final Map<Integer, MapKind> BY_ID = new HashMap<>();
    private static final Map<Class<?>, MapKind> BY_CLASS = new HashMap<>();

    static {
        mutables();
        viewed();
        fixed();
    }

    boolean isEarly() {
        return make != null;
    }

    static MapKind of(int id) {
        MapKind kind = BY_ID.get(id);
        if (kind == null) {
            throw new CorruptException("no kind of map has the number " + id);
        }
        return kind;
    }

    /** The kind of exactly this class; null if it has none. */
    static MapKind of(Class<?> type) {
        return BY_CLASS.get(type);
    }

    private static void add(MapKind kind, Class<?>... types) {
        BY_ID.put(kind.id, kind);
        for (Class<?> type : types) {
            BY_CLASS.putIfAbsent(type, kind);
        }
    }

    private static void mutable(int id, boolean unordered, Class<?> type, Function<Object, Map<Object, Object>> make) {
        add(new MapKind(id, unordered, null, make, null), type);
    }

    @SuppressWarnings("JdkObsolete") // an application may use them
    private static void mutables() {
        mutable(1, true, HashMap.class, detail -> new HashMap<>());
        mutable(2, false, LinkedHashMap.class, detail -> new LinkedHashMap<>());
        mutable(3, true, ConcurrentHashMap.class, detail -> new ConcurrentHashMap<>());
        mutable(4, true, Hashtable.class, detail -> new Hashtable<>());
        mutable(5, false, IdentityHashMap.class, detail -> new IdentityHashMap<>());
        mutable(6, true, WeakHashMap.class, detail -> new WeakHashMap<>());
        add(new MapKind(8, true, MapKind::withoutDefaults, detail -> new Properties(), null), Properties.class);
        add(
                new MapKind(
                        9,
                        false,
                        MapKind::comparator,
                        detail -> new TreeMap<>(CollectionKind.comparator(detail)),
                        null),
                TreeMap.class);
        add(
                new MapKind(
                        10,
                        false,
                        MapKind::comparator,
                        detail -> new ConcurrentSkipListMap<>(CollectionKind.comparator(detail)),
                        null),
                ConcurrentSkipListMap.class);
        add(
                new MapKind(
                        11,
                        false,
                        (map, forms) -> EnumTypes.of((EnumMap<?, ?>) map, forms::resolve),
                        detail -> EnumTypes.mapOf(detail),
                        null),
                EnumMap.class);
    }

    private static void fixed() {
        add(
                new MapKind(20, true, null, null, (detail, entries) -> Map.copyOf(entries)),
                Map.of().getClass(),
                Map.of(1, 1).getClass());
        add(
                new MapKind(21, false, null, null, (detail, entries) -> exactly(entries, 0, Collections.emptyMap())),
                Collections.emptyMap().getClass());
        add(
                new MapKind(22, false, null, null, (detail, entries) -> {
                    exactly(entries, 1, entries);
                    Map.Entry<Object, Object> only =
                            entries.entrySet().iterator().next();
                    return Collections.singletonMap(only.getKey(), only.getValue());
                }),
                Collections.singletonMap(1, 1).getClass());
    }

    /** What changes another map in a way of its own, or not at all. */
    private static void viewed() {
        view(7, Collections::synchronizedMap);
        view(23, Collections::unmodifiableMap);
        add(
                new MapKind(
                        24,
                        false,
                        MapKind::comparator,
                        detail -> new TreeMap<>(CollectionKind.comparator(detail)),
                        inner -> Collections.unmodifiableSortedMap((SortedMap<Object, Object>) inner),
                        null),
                Collections.unmodifiableSortedMap(new TreeMap<>()).getClass());
    }

    /** A view of any map, which has the order of its keys or none. */
    private static void view(int id, UnaryOperator<Map<Object, Object>> view) {
        add(
                new MapKind(
                        id,
                        false,
                        (map, forms) -> CollectionKind.orderBehind(map, map.keySet()),
                        order ->
                                order == null ? new LinkedHashMap<>() : new TreeMap<>(CollectionKind.comparator(order)),
                        view,
                        null),
                view.apply(new HashMap<>()).getClass());
    }

    private static Object comparator(Map<?, ?> map, Forms forms) {
        return ((SortedMap<?, ?>) map).comparator();
    }

    /** Properties keep their defaults to themselves. */
    private static Object withoutDefaults(Map<?, ?> map, Forms forms) {
        if (((Properties) map).stringPropertyNames().stream().anyMatch(name -> !map.containsKey(name))) {
            throw new Refusal(Properties.class, "it has defaults, which it does not tell; copy all into one", null);
        }
        return null;
    }

    private static <T> T exactly(Map<?, ?> entries, int size, T result) {
        if (entries.size() != size) {
            throw new CorruptException(entries.size() + " entries in the place of " + size);
        }
        return result;
    }
}
