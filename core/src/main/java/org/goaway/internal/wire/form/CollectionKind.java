package org.goaway.internal.wire.form;

import java.time.Month;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import java.util.Spliterator;
import java.util.Stack;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.EnumTypes;
import org.goaway.internal.wire.value.Refusal;

/**
 * A kind of collection of the JDK.
 *
 * @param id on the wire; never used again for another kind
 * @param unordered whether its order depends on hashes
 * @param detail what it is made with besides its elements; null: nothing
 * @param make makes an empty one of the detail; null if it cannot be filled later
 * @param view makes what is read of the one that is filled; null: it is that itself
 * @param build makes one that cannot be filled later of detail and elements
 */
record CollectionKind(
        int id,
        boolean unordered,
        Function<Collection<?>, Object> detail,
        Function<Object, Collection<Object>> make,
        UnaryOperator<Collection<Object>> view,
        BiFunction<Object, Object[], Object> build) {

    private CollectionKind(
            int id,
            boolean unordered,
            Function<Collection<?>, Object> detail,
            Function<Object, Collection<Object>> make,
            BiFunction<Object, Object[], Object> build) {
        this(id, unordered, detail, make, null, build);
    }

    private static final Map<Integer, CollectionKind> BY_ID = new HashMap<>();
    private static final Map<Class<?>, CollectionKind> BY_CLASS = new HashMap<>();

    static {
        lists();
        immutables();
        wrappers();
        sets();
        queues();
    }

    boolean isEarly() {
        return make != null;
    }

    static CollectionKind of(int id) {
        CollectionKind kind = BY_ID.get(id);
        if (kind == null) {
            throw new CorruptException("no kind of collection has the number " + id);
        }
        return kind;
    }

    /** The kind of exactly this class; null if it has none. */
    static CollectionKind of(Class<?> type) {
        return BY_CLASS.get(type);
    }

    private static void add(CollectionKind kind, Class<?>... types) {
        BY_ID.put(kind.id, kind);
        for (Class<?> type : types) {
            BY_CLASS.putIfAbsent(type, kind);
        }
    }

    private static void mutable(int id, boolean unordered, Class<?> type, Function<Object, Collection<Object>> make) {
        add(new CollectionKind(id, unordered, null, make, null), type);
    }

    private static void fixed(int id, boolean unordered, Function<List<Object>, Object> build, Object... samples) {
        Class<?>[] types = Arrays.stream(samples).map(Object::getClass).toArray(Class<?>[]::new);
        add(
                new CollectionKind(
                        id, unordered, null, null, (detail, elements) -> build.apply(Arrays.asList(elements))),
                types);
    }

    @SuppressWarnings("JdkObsolete") // an application may use them
    private static void lists() {
        mutable(1, false, ArrayList.class, detail -> new ArrayList<>());
        mutable(2, false, LinkedList.class, detail -> new LinkedList<>());
        mutable(3, false, Vector.class, detail -> new Vector<>());
        mutable(4, false, Stack.class, detail -> new Stack<>());
        mutable(5, false, CopyOnWriteArrayList.class, detail -> new CopyOnWriteArrayList<>());
        BY_CLASS.put(new ArrayList<>().subList(0, 0).getClass(), of(1));
        fixed(6, false, list -> list, Arrays.asList(1, 2));
    }

    private static void immutables() {
        fixed(
                10,
                false,
                CollectionKind::listOf,
                List.of(),
                List.of(1),
                List.of(1, 2, 3),
                List.of(1, 2, 3).subList(0, 2));
        fixed(11, true, list -> Set.of(list.toArray()), Set.of(), Set.of(1), Set.of(1, 2, 3));
        fixed(12, false, list -> exactly(list, 0, Collections.emptyList()), Collections.emptyList());
        fixed(13, false, list -> exactly(list, 0, Collections.emptySet()), Collections.emptySet());
        fixed(14, false, list -> Collections.singletonList(only(list)), Collections.singletonList(1));
        fixed(15, false, list -> Collections.singleton(only(list)), Collections.singleton(1));
    }

    /** What {@code List.of} makes, or {@code Stream.toList} where there are nulls. */
    private static List<Object> listOf(List<Object> elements) {
        return elements.contains(null) ? elements.stream().toList() : List.copyOf(elements);
    }

    private static Object only(List<Object> elements) {
        return exactly(elements, 1, elements.isEmpty() ? null : elements.get(0));
    }

    private static <T> T exactly(List<Object> elements, int size, T result) {
        if (elements.size() != size) {
            throw new CorruptException(elements.size() + " elements in the place of " + size);
        }
        return result;
    }

    /** What changes another collection in a way of its own, or not at all. */
    private static void viewed(
            int id,
            Function<Collection<?>, Object> detail,
            Function<Object, Collection<Object>> make,
            UnaryOperator<Collection<Object>> view) {
        add(
                new CollectionKind(id, false, detail, make, view, null),
                view.apply(make.apply(null)).getClass());
    }

    @SuppressWarnings("JdkObsolete") // a list without random access stays one
    private static void wrappers() {
        UnaryOperator<Collection<Object>> list = inner -> Collections.unmodifiableList((List<Object>) inner);
        viewed(20, null, detail -> new ArrayList<>(), list);
        viewed(21, null, detail -> new LinkedList<>(), list);
        viewed(
                22,
                set -> orderBehind(set, set),
                CollectionKind::setOf,
                inner -> Collections.unmodifiableSet((Set<Object>) inner));
        viewed(23, null, detail -> new ArrayList<>(), Collections::unmodifiableCollection);
        mutable(
                24,
                false,
                Collections.synchronizedList(new ArrayList<>()).getClass(),
                detail -> Collections.synchronizedList(new ArrayList<>()));
        viewed(
                25,
                set -> orderBehind(set, set),
                CollectionKind::setOf,
                inner -> Collections.synchronizedSet((Set<Object>) inner));
        mutable(26, false, new HashMap<>().keySet().getClass(), detail -> new LinkedHashSet<>());
        viewed(
                27,
                CollectionKind::comparator,
                detail -> new TreeSet<>(comparator(detail)),
                inner -> Collections.unmodifiableSortedSet((SortedSet<Object>) inner));
        BY_CLASS.put(new LinkedHashMap<>().keySet().getClass(), of(26));
    }

    private static void sets() {
        mutable(30, true, HashSet.class, detail -> new HashSet<>());
        mutable(31, false, LinkedHashSet.class, detail -> new LinkedHashSet<>());
        mutable(32, false, CopyOnWriteArraySet.class, detail -> new CopyOnWriteArraySet<>());
        mutable(33, true, ConcurrentHashMap.newKeySet().getClass(), detail -> ConcurrentHashMap.newKeySet());
        sorted(34, TreeSet.class, detail -> new TreeSet<>(comparator(detail)));
        sorted(35, ConcurrentSkipListSet.class, detail -> new ConcurrentSkipListSet<>(comparator(detail)));
        add(
                new CollectionKind(
                        36, false, set -> EnumTypes.of((EnumSet<?>) set), detail -> EnumTypes.setOf(detail), null),
                EnumSet.noneOf(Month.class).getClass(),
                EnumSet.noneOf(Character.UnicodeScript.class).getClass());
    }

    private static void sorted(int id, Class<?> type, Function<Object, Collection<Object>> make) {
        add(new CollectionKind(id, false, CollectionKind::comparator, make, null), type);
    }

    private static void queues() {
        mutable(40, false, ArrayDeque.class, detail -> new ArrayDeque<>());
        mutable(41, false, ConcurrentLinkedQueue.class, detail -> new ConcurrentLinkedQueue<>());
        mutable(42, false, ConcurrentLinkedDeque.class, detail -> new ConcurrentLinkedDeque<>());
        sorted(43, PriorityQueue.class, detail -> new PriorityQueue<>(comparator(detail)));
        sorted(44, PriorityBlockingQueue.class, detail -> new PriorityBlockingQueue<>(11, comparator(detail)));
        bounded(45, LinkedBlockingQueue.class, capacity -> new LinkedBlockingQueue<>(capacity));
        bounded(46, LinkedBlockingDeque.class, capacity -> new LinkedBlockingDeque<>(capacity));
    }

    private static void bounded(int id, Class<?> type, Function<Integer, Collection<Object>> make) {
        add(
                new CollectionKind(
                        id,
                        false,
                        queue -> (int) Math.min(
                                Integer.MAX_VALUE,
                                (long) ((BlockingQueue<?>) queue).remainingCapacity() + queue.size()),
                        detail -> make.apply((Integer) detail),
                        null),
                type);
    }

    /**
     * What orders the elements, or keys, of a view; null: nothing. What is behind the view shows in the characteristics of the
     * spliterator alone.
     */
    static Object orderBehind(Object view, Collection<?> all) {
        Spliterator<?> behind = all.spliterator();
        if (behind.hasCharacteristics(Spliterator.SORTED)) {
            Comparator<?> order = behind.getComparator();
            return order == null ? Comparator.naturalOrder() : order;
        }
        Object[] elements = all.toArray();
        if (new HashSet<>(Arrays.asList(elements)).size() < elements.length) {
            throw new Refusal(
                    view.getClass(),
                    "what it is a view of, such as an IdentityHashMap, tells apart what is equal; send that itself, or a copy",
                    null);
        }
        return null;
    }

    private static Set<Object> setOf(Object order) {
        return order == null ? new LinkedHashSet<>() : new TreeSet<>(comparator(order));
    }

    private static Object comparator(Collection<?> collection) {
        if (collection instanceof SortedSet<?> set) {
            return set.comparator();
        }
        return collection instanceof PriorityQueue<?> queue
                ? queue.comparator()
                : ((PriorityBlockingQueue<?>) collection).comparator();
    }

    @SuppressWarnings("unchecked") // it compared the elements before
    static Comparator<Object> comparator(Object detail) {
        return (Comparator<Object>) detail;
    }
}
