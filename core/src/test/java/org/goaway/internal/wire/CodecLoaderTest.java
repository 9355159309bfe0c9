package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import org.goaway.NotTransferableException;
import org.goaway.RemoteFunction;
import org.goaway.internal.wire.value.Bindings;
import org.goaway.internal.wire.value.ClassMissingException;
import org.goaway.internal.wire.value.CorruptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecLoaderTest {

    private static final Bindings NONE = handle -> handle;

    private static final String CAPTURING = """
            package app;
            public class Main {
                public static Object make() {
                    return of("prefix-", new java.net.Socket());
                }
                static Object of(String prefix, java.net.Socket conn) {
                    org.goaway.RemoteFunction<String, String> f = s -> prefix + s + conn;
                    return f;
                }
            }
            """;

    @TempDir
    Path sender;

    @TempDir
    Path receiver;

    @Test
    void shouldMakeALambdaAgainInTheReceiversLoader() throws Exception {
        String source = """
                package app;
                public class Main {
                    record Part(String text, long number) {}
                    public static Object make() {
                        Part part = new Part("p", 4);
                        org.goaway.RemoteFunction<String, String> f = s -> part.text() + part.number() + s;
                        return f;
                    }
                }
                """;
        ClassLoader here = Application.compile(sender, source);
        ClassLoader there = Application.compile(receiver, source);

        byte[] bytes = new Codec(here, NONE).encode(Application.make(here));
        Object copy = new Codec(there, NONE).decode(bytes);

        assertThat(copy.getClass().getClassLoader()).isSameAs(there);
        @SuppressWarnings("unchecked")
        RemoteFunction<String, String> function = (RemoteFunction<String, String>) copy;
        assertThat(function.apply("!")).isEqualTo("p4!");
    }

    @Test
    void shouldNameTheCapturedVariable() throws Exception {
        ClassLoader here = Application.compile(sender, CAPTURING, "-g");

        assertThatThrownBy(() -> new Codec(here, NONE).encode(Application.make(here)))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageStartingWith(
                        "cannot ship a java.net.Socket at: value -> lambda in app.Main captures variable 'conn'");
    }

    @Test
    void shouldCountTheCapturedVariableWhereTheClassFileHasNoNames() throws Exception {
        ClassLoader here = Application.compile(sender, CAPTURING, "-g:none");

        assertThatThrownBy(() -> new Codec(here, NONE).encode(Application.make(here)))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageStartingWith(
                        "cannot ship a java.net.Socket at: value -> lambda in app.Main captures variable #2");
    }

    @Test
    void shouldNameTheClassThatIsMissing() throws Exception {
        ClassLoader here = Application.compile(
                sender,
                "package app; public record Main(int a) { public static Object make() { return new Main(1); } }");
        byte[] bytes = new Codec(here, NONE).encode(Application.make(here));

        assertThatThrownBy(() -> new Codec(getClass().getClassLoader(), NONE).decode(bytes))
                .isInstanceOfSatisfying(
                        ClassMissingException.class,
                        missing -> assertThat(missing.className()).isEqualTo("app.Main"))
                .hasMessageContaining("app.Main");
    }

    @Test
    void shouldRefuseAnObjectOfAnotherVersionOfItsClass() throws Exception {
        String first =
                "package app; public class Main { int count = 5; public static Object make() { return new Main(); } }";
        ClassLoader here = Application.compile(sender, first);
        ClassLoader there = Application.compile(receiver, first.replace("int count", "long count"));
        byte[] bytes = new Codec(here, NONE).encode(Application.make(here));

        assertThatThrownBy(() -> new Codec(there, NONE).decode(bytes))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("another version of app.Main [long count]");
    }

    @Test
    void shouldNameTheEnumConstantThatIsMissing() throws Exception {
        String first = "package app; public enum Main { ONE, TWO; public static Object make() { return TWO; } }";
        ClassLoader here = Application.compile(sender, first);
        ClassLoader there =
                Application.compile(receiver, first.replace(", TWO", "").replace("return TWO", "return ONE"));
        byte[] bytes = new Codec(here, NONE).encode(Application.make(here));

        assertThatThrownBy(() -> new Codec(there, NONE).decode(bytes))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("app.Main has no constant TWO here");
    }

    @Test
    void shouldLetTheLoaderBeCollectedOnceItsCodecIsDropped() throws Exception {
        WeakReference<ClassLoader> loader = used("""
                package app;
                import java.util.*;
                public class Main {
                    enum Mode { A }
                    record Part(Mode mode, List<String> texts) {}
                    static class Trouble extends RuntimeException { int code = 3; }
                    Map<String, Part> parts = new HashMap<>(Map.of("a", new Part(Mode.A, List.of("t"))));
                    Object trouble = new Trouble();
                    org.goaway.RemoteFunction<String, String> function() { return s -> s + parts; }
                    public static Object make() { return new Main().function(); }
                }
                """);

        for (int i = 0; i < 50 && loader.get() != null; i++) {
            System.gc();
            // fills the heap a little, so that the collector has a reason
            assertThat(new byte[1 << 20]).isNotEmpty();
        }
        assertThat(loader.get()).isNull();
    }

    private WeakReference<ClassLoader> used(String source) throws Exception {
        ClassLoader loader = Application.compile(Files.createDirectories(sender.resolve("v")), source);
        Codec codec = new Codec(loader, NONE);
        Object copy = codec.decode(codec.encode(Application.make(loader)));
        assertThat(copy).isInstanceOf(RemoteFunction.class);
        assertThat(codec.comparable(copy)).isFalse();
        return new WeakReference<>(loader);
    }
}
