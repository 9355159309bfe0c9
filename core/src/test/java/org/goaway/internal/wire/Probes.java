package org.goaway.internal.wire;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.Stack;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.goaway.internal.wire.Samples.Colour;
import org.goaway.internal.wire.Samples.Derived;
import org.goaway.internal.wire.Samples.Empty;
import org.goaway.internal.wire.Samples.Everything;
import org.goaway.internal.wire.Samples.Keyed;
import org.goaway.internal.wire.Samples.Named;
import org.goaway.internal.wire.Samples.Order;
import org.goaway.internal.wire.Samples.Point;
import org.goaway.internal.wire.Samples.Registry;
import org.goaway.internal.wire.Samples.Single;
import org.goaway.internal.wire.Samples.Tagged;
import org.goaway.internal.wire.Samples.Temperature;
import org.goaway.internal.wire.Samples.Trouble;

/** One value of each kind that travels. */
@SuppressWarnings({"IdentityHashMapUsage", "JdkObsolete", "JavaUtilDate", "UnnecessaryStringBuilder", "deprecation"
}) // they are what is probed
final class Probes {

    private Probes() {}

    static List<Object> travelling() {
        List<Object> all = new ArrayList<>();
        Stream.of(
                        scalars(),
                        arrays(),
                        times(),
                        lists(),
                        sets(),
                        queues(),
                        maps(),
                        names(),
                        holders(),
                        own(),
                        failures())
                .forEach(all::addAll);
        return all;
    }

    static List<Object> scalars() {
        return Arrays.asList(
                null,
                true,
                false,
                (byte) -7,
                (short) -300,
                'x',
                '\ud800',
                0,
                -1,
                Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                0L,
                -1L,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                1.5f,
                Float.NaN,
                -0.0f,
                1.5,
                Double.NaN,
                -0.0,
                Double.NEGATIVE_INFINITY,
                "",
                "text",
                "what?",
                "\u00e4\u20ac\ud83d\ude00",
                "half \ud800 pair",
                "\udc00?",
                "x".repeat(5000));
    }

    static List<Object> arrays() {
        return List.of(
                new boolean[] {true, false},
                new byte[] {1, -1},
                new short[] {1, -1},
                new char[] {'a', '\uffff'},
                new int[] {1, -1},
                new long[] {1, -1},
                new float[] {1.5f, -0.0f},
                new double[] {1.5, Double.NaN},
                new byte[0],
                new double[0],
                new int[0],
                new String[] {"a", null},
                new Object[] {1, "a", null, 2L},
                new int[][] {{1}, {2, 3}, null},
                new Point[] {new Point(1, 2)},
                new Colour[] {Colour.RED},
                new Object[0],
                new Integer[] {1, 2},
                new List<?>[] {List.of(1)},
                new double[100_000],
                new Class<?>[] {int.class});
    }

    static List<Object> times() {
        return List.of(
                Instant.ofEpochSecond(-5, 7),
                Instant.MAX,
                Duration.ofNanos(-1),
                LocalDate.MIN,
                LocalTime.MAX,
                LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6),
                OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneOffset.ofHours(3)),
                OffsetTime.MIN,
                ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, ZoneId.of("Europe/Paris")),
                ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, ZoneId.of("Europe/Paris"))
                        .withLaterOffsetAtOverlap(),
                Period.of(1, -2, 3),
                Year.of(2026),
                YearMonth.of(2026, 2),
                MonthDay.of(2, 29),
                ZoneId.of("UTC"),
                ZoneId.of("Europe/Paris"),
                ZoneOffset.ofTotalSeconds(-17),
                DayOfWeek.MONDAY,
                Month.MAY,
                new Date(5),
                TimeZone.getTimeZone("Europe/Paris"),
                TimeZone.getTimeZone("GMT+01:00"),
                new GregorianCalendar(2026, 1, 2),
                julian());
    }

    private static GregorianCalendar julian() {
        GregorianCalendar calendar = new GregorianCalendar();
        calendar.setGregorianChange(new Date(Long.MAX_VALUE));
        calendar.set(2026, 1, 2);
        return calendar;
    }

    static List<Object> lists() {
        List<Object> withNull = new ArrayList<>(Arrays.asList(1, null, "a"));
        Stack<Object> stack = new Stack<>();
        stack.push("a");
        return List.of(
                new ArrayList<>(List.of(1, 2, 3)),
                new ArrayList<>(List.of(1L, Long.MIN_VALUE)),
                new ArrayList<>(List.of(1.5, -0.0)),
                new ArrayList<>(List.of(1, 2L)),
                new ArrayList<>(),
                withNull,
                new LinkedList<>(List.of("a")),
                new Vector<>(List.of("a")),
                stack,
                new CopyOnWriteArrayList<>(List.of(1)),
                Arrays.asList("a", null),
                List.of(),
                List.of(1),
                List.of("a", "b"),
                List.of(1, 2, 3, 4),
                Stream.of("a", null).toList(),
                Collections.emptyList(),
                Collections.singletonList(null),
                Collections.unmodifiableList(withNull),
                Collections.unmodifiableList(new LinkedList<>(withNull)),
                Collections.synchronizedList(new ArrayList<>(withNull)),
                List.of(List.of(List.of())),
                List.of(Optional.of(1)),
                new ArrayList<>(IntStream.range(0, 1000).boxed().toList()));
    }

    static List<Object> sets() {
        TreeSet<String> folded = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        folded.addAll(List.of("a", "B"));
        TreeSet<Integer> backwards = new TreeSet<>(Comparator.reverseOrder());
        backwards.addAll(List.of(1, 2));
        return List.of(
                new HashSet<>(List.of(1, "a", 2L)),
                new HashSet<>(Arrays.asList(1, null)),
                new LinkedHashSet<>(List.of("b", "a")),
                new TreeSet<>(List.of("b", "a")),
                folded,
                backwards,
                new TreeSet<>(Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER)),
                new ConcurrentSkipListSet<>(List.of(2, 1)),
                new CopyOnWriteArraySet<>(List.of(2, 1)),
                Set.of(),
                Set.of(1),
                Set.of(1, 2, 3),
                Collections.emptySet(),
                Collections.singleton("a"),
                EnumSet.of(Colour.GREEN),
                EnumSet.noneOf(Colour.class),
                EnumSet.of(Character.UnicodeScript.LATIN, Character.UnicodeScript.UNKNOWN),
                EnumSet.noneOf(Character.UnicodeScript.class),
                Collections.unmodifiableSet(new HashSet<>(List.of(1))),
                Collections.synchronizedSet(new HashSet<>(List.of(1))),
                Collections.unmodifiableSortedSet(folded),
                new HashSet<>(List.of(new Point(1, 2), new Keyed("k"))));
    }

    static List<Object> queues() {
        return List.of(
                new ArrayDeque<>(List.of(1, 2)), new PriorityQueue<>(List.of(3, 1, 2)),
                new PriorityQueue<>(Comparator.<Integer>reverseOrder()), new ConcurrentLinkedQueue<>(List.of(1)),
                new ConcurrentLinkedDeque<>(List.of(1)), new LinkedBlockingQueue<>(List.of(1)),
                new LinkedBlockingDeque<>(List.of(1)), new PriorityBlockingQueue<>(List.of(2, 1)));
    }

    static List<Object> maps() {
        TreeMap<String, Integer> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        folded.put("a", 1);
        Properties properties = new Properties();
        properties.setProperty("k", "v");
        EnumMap<Colour, String> colours = new EnumMap<>(Map.of(Colour.RED, "r"));
        return List.of(
                new HashMap<>(Map.of("a", 1, "b", 2)),
                new HashMap<>(Collections.singletonMap(null, null)),
                new LinkedHashMap<>(Map.of("a", 1)),
                new TreeMap<>(Map.of(2, "b", 1, "a")),
                folded,
                new ConcurrentHashMap<>(Map.of(1, 2)),
                new ConcurrentSkipListMap<>(Map.of(1, 2)),
                new Hashtable<>(Map.of(1, 2)),
                new IdentityHashMap<>(Map.of("a", 1)),
                new WeakHashMap<>(Map.of("a", 1)),
                properties,
                colours,
                new EnumMap<>(Colour.class),
                Map.of(),
                Map.of(1, 2),
                Map.of(1, 2, 3, 4),
                Collections.emptyMap(),
                Collections.singletonMap("a", null),
                Collections.unmodifiableMap(new HashMap<>(Map.of("a", 1))),
                Collections.synchronizedMap(new HashMap<>(Map.of("a", 1))),
                Collections.unmodifiableSortedMap(folded),
                Map.entry("a", 1),
                new AbstractMap.SimpleEntry<>("a", null),
                new AbstractMap.SimpleImmutableEntry<>(1, 2),
                new HashMap<>(Map.of(new Point(1, 2), new Keyed("k"))));
    }

    static List<Object> names() {
        try {
            return List.of(
                    Pattern.compile("a+", Pattern.CASE_INSENSITIVE),
                    Locale.GERMANY,
                    Locale.ROOT,
                    Locale.forLanguageTag("zh-Hans-CN-u-nu-hanidec"),
                    new Locale("no", "NO", "NY"),
                    Currency.getInstance("EUR"),
                    StandardCharsets.UTF_16LE,
                    URI.create("http://a/b?c"),
                    URI.create("http://a/b").toURL(),
                    new File("a/b"),
                    Path.of("a/b"),
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                    InetAddress.getByAddress("h", new byte[16]),
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 80),
                    InetSocketAddress.createUnresolved("nowhere", 80),
                    UUID.randomUUID(),
                    String.class,
                    int.class,
                    int[][].class,
                    Point.class,
                    Map.Entry.class,
                    new StringBuilder("a"),
                    new StringBuffer("b"));
        } catch (UnknownHostException | MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Object> holders() {
        LongAdder adder = new LongAdder();
        adder.add(5);
        DoubleAdder doubles = new DoubleAdder();
        doubles.add(1.5);
        BitSet bits = new BitSet();
        bits.set(70);
        return List.of(
                Optional.of("a"),
                Optional.empty(),
                OptionalInt.of(1),
                OptionalInt.empty(),
                OptionalLong.of(1),
                OptionalDouble.of(1.5),
                new AtomicInteger(-1),
                new AtomicLong(5),
                new AtomicBoolean(true),
                new AtomicReference<>("a"),
                new AtomicIntegerArray(new int[] {1, 2}),
                new AtomicLongArray(new long[] {1}),
                new AtomicReferenceArray<>(new String[] {"a", null}),
                adder,
                doubles,
                bits,
                new BigInteger("-123456789012345678901234567890"),
                new BigDecimal("1.50"),
                MathContext.DECIMAL64,
                IntStream.of(1, 5).summaryStatistics(),
                LongStream.of(1, 5).summaryStatistics(),
                new Object(),
                Comparator.naturalOrder(),
                Comparator.reverseOrder(),
                String.CASE_INSENSITIVE_ORDER);
    }

    static List<Object> own() {
        Derived changed = new Derived(7);
        changed.label(null);
        Tagged tagged = new Tagged();
        tagged.add("a");
        tagged.tag = "t";
        Registry registry = new Registry();
        registry.put("a", 1);
        registry.version = 3;
        return List.of(
                Colour.RED,
                Colour.GREEN,
                new Point(1, -2),
                new Order(1, "c", 2.5, 3, true, Colour.GREEN),
                new Empty(),
                new Everything(
                        (byte) 1, (short) 2, 'c', 3f, null, List.of(new Point(1, 2)), Map.of("a", 1L), "any", null),
                new Everything((byte) 0, (short) 0, '\0', -0f, 5, null, null, null, null),
                new Named<>("\ud800"),
                new Named<>(new Named<>(List.of())),
                new Derived(5),
                changed,
                tagged,
                registry,
                Single.INSTANCE,
                new Temperature(21.5),
                new Keyed("k"),
                TimeUnit.SECONDS,
                Thread.State.NEW);
    }

    static List<Object> failures() {
        Exception suppressing = new IOException("outer", new IllegalStateException("inner"));
        suppressing.addSuppressed(new RuntimeException("beside"));
        return List.of(
                new IllegalArgumentException("bad"),
                new NullPointerException(),
                new Error(),
                suppressing,
                new Trouble("own", 5, new IOException("c")),
                new ExecutionException("e", new TimeoutException()),
                new CompletionException(new InterruptedException()),
                new StackOverflowError(),
                new ClassNotFoundException("c", new RuntimeException()));
    }
}
