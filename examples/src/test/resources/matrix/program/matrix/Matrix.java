package matrix;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.ClusterConfigBuilder;
import org.goaway.GoAway;
import org.goaway.RemoteCallable;
import org.goaway.RemoteFunction;
import org.goaway.StrictCentralized;

/** Runs a function of each kind of class on a server and prints what came of it. Its argument: the server's java command. */
public final class Matrix {

    private static final List<String> FAILED = new ArrayList<>();

    private final String captured = "captured";

    private static Cluster cluster;

    private Matrix() {}

    public static void main(String[] args) throws Exception {
        ClusterConfigBuilder config = ClusterConfig.builder().localServers(1).spawnerTasks(false);
        if (args.length > 0) {
            config.java(args[0]);
        }
        try (Cluster started = GoAway.init(config.build())) {
            cluster = started;
            System.out.println("on Java " + Runtime.version().feature() + ", the server on Java "
                    + cluster.call(() -> Runtime.version().feature()).join());
            new Matrix().runAll();
        }
        System.out.println(FAILED.isEmpty() ? "all as expected" : "failed: " + FAILED);
    }

    private void check(String kind, Object expected, RemoteCallable<?> function) {
        try {
            Object is = cluster.call(function).join();
            if (!expected.equals(is)) {
                FAILED.add(kind + ": " + is + " instead of " + expected);
            }
        } catch (RuntimeException e) {
            FAILED.add(kind + ": " + e);
            e.printStackTrace();
        }
    }

    private void runAll() {
        check("where", "server-1", () -> GoAway.current().self().name());
        check("nested", "nested 1", new Nested(1));
        check("local", "local 2", local(2));
        check("anonymous", "anonymous 3", anonymous(3));
        check("inner", "inner captured 4", new Inner(4));
        check("enum with bodies", List.of(12, 7), () -> List.of(Operation.TIMES.on(3, 4), Operation.PLUS.on(3, 4)));
        check("enum constant", Operation.TIMES, () -> Operation.valueOf("TIMES"));
        check("record", new Pair<>("b", "a"), swapped(new Pair<>("a", "b")));
        check("sealed", List.of(3.0, 8.0), () -> Stream.of(new Square(3), new Oblong(2, 4)).map(Matrix::size).toList());
        check("default method", "hello Ann from Peer", () -> new Peer("Ann").greet());
        check("package-private peer", "Ann", () -> new Peer("Ann").name);
        check("lambda in lambda", 42, outer(6));
        check("lambda that comes back", 6, () -> {
            RemoteFunction<Integer, Integer> twice = x -> 2 * x;
            return twice.apply(3);
        });
        check("captured this", "captured this", () -> captured + " this");
        check("static method reference", 9, bind(Matrix::square, 3));
        check("bound method reference", "captured!", bind(captured::concat, "!"));
        check("unbound method reference", 8, bind(String::length, "captured"));
        check("generic method reference", new Pair<>("x", "x"), bind(Pair::<String>twice, "x"));
        check("constructor reference", "Ann", () -> names(Peer::new));
        check("method reference on a class of the program", "Peer Ann", bind(Peer::toString, new Peer("Ann")));
        check("static initialiser with a handle", 5L, () -> WithHandle.next());
        check("resource", "a resource", () -> resource("note.txt"));
        check("resource of the root", "matrix.Peer", () -> resource("/META-INF/services/java.util.function.Supplier"));
        check("ServiceLoader", "Peer served", () -> String.valueOf(ServiceLoader.load(java.util.function.Supplier.class)
                .iterator()
                .next()
                .get()));
        check("generic and array types", "[[1, 2], [3]]", () -> java.util.Arrays.deepToString(new Integer[][] {{1, 2}, {3}}));
        check("switch over strings and enums", "TIMES/b", () -> switched(Operation.TIMES, "b"));
        check("string concatenation", "1-x-2.0", () -> concat(1, "x", 2.0));
    }

    private static String concat(int a, String b, double c) {
        return a + "-" + b + "-" + c;
    }

    private static String switched(Operation operation, String text) {
        String left = switch (operation) {
            case TIMES -> "TIMES";
            case PLUS -> "PLUS";
        };
        return switch (text) {
            case "b" -> left + "/b";
            default -> "?";
        };
    }

    private static <A, R> RemoteCallable<R> bind(RemoteFunction<A, R> function, A argument) {
        return () -> function.apply(argument);
    }

    private static String names(Function<String, Peer> maker) {
        return maker.apply("Ann").name;
    }

    private static int square(int x) {
        return x * x;
    }

    private static RemoteCallable<Integer> outer(int six) {
        return () -> {
            RemoteFunction<Integer, Integer> times = x -> {
                RemoteCallable<Integer> inner = () -> x * six;
                return inner.call();
            };
            return times.apply(7);
        };
    }

    private static String resource(String path) throws Exception {
        try (InputStream in = Matrix.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    static final class Nested implements RemoteCallable<String> {
        private final int number;

        Nested(int number) {
            this.number = number;
        }

        @Override
        public String call() {
            return "nested " + number;
        }
    }

    private static RemoteCallable<String> local(int number) {
        class Local implements RemoteCallable<String> {
            @Override
            public String call() {
                return "local " + number;
            }
        }
        return new Local();
    }

    private static RemoteCallable<String> anonymous(int number) {
        return new RemoteCallable<>() {
            @Override
            public String call() {
                return "anonymous " + number;
            }
        };
    }

    final class Inner implements RemoteCallable<String> {
        private final int number;

        Inner(int number) {
            this.number = number;
        }

        @Override
        public String call() {
            return "inner " + captured + " " + number;
        }
    }

    enum Operation {
        PLUS {
            @Override
            int on(int a, int b) {
                return a + b;
            }
        },
        TIMES {
            @Override
            int on(int a, int b) {
                return a * b;
            }
        };

        abstract int on(int a, int b);
    }

    record Pair<T>(T left, T right) {
        static <T> Pair<T> twice(T both) {
            return new Pair<>(both, both);
        }
    }

    private static <T> RemoteCallable<Pair<T>> swapped(Pair<T> pair) {
        return () -> new Pair<>(pair.right(), pair.left());
    }

    sealed interface Shape permits Square, Oblong {}

    record Square(double side) implements Shape {}

    record Oblong(double a, double b) implements Shape {}

    private static double size(Shape shape) {
        return shape instanceof Square square ? square.side() : ((Oblong) shape).a() * ((Oblong) shape).b();
    }

    static final class WithHandle {
        private static final StrictCentralized KEPT = GoAway.strictCentralized("kept");
        private static final long START = KEPT.get("start", 4L);

        static long next() {
            return START + 1;
        }
    }
}
