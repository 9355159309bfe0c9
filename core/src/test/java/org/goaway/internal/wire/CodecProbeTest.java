package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.goaway.NotTransferableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CodecProbeTest {

    private final Codec codec = new Codec(getClass().getClassLoader(), handle -> handle);

    static Stream<Arguments> travelling() {
        List<Object> all = Probes.travelling();
        return IntStream.range(0, all.size()).mapToObj(i -> Arguments.of(i + " " + name(all.get(i)), all.get(i)));
    }

    private static String name(Object value) {
        return value == null ? "null" : value.getClass().getName();
    }

    static Stream<Arguments> refused() throws Exception {
        Properties withDefaults = new Properties(properties());
        return Stream.of(
                        new Thread("t"),
                        new Socket(),
                        InputStream.nullInputStream(),
                        new ByteArrayInputStream(new byte[0]),
                        new ReentrantLock(),
                        new CompletableFuture<String>(),
                        new CountDownLatch(1),
                        new Random(),
                        Thread.currentThread().getContextClassLoader(),
                        new ThreadLocal<String>(),
                        ForkJoinPool.commonPool(),
                        withDefaults,
                        ByteBuffer.allocate(1),
                        Stream.of(1),
                        List.of(1).iterator(),
                        new HashMap<>(Map.of(1, 1)).values(),
                        Comparator.comparing(String::length),
                        String.class.getMethod("length"),
                        Proxy.newProxyInstance(
                                CodecProbeTest.class.getClassLoader(),
                                new Class<?>[] {Runnable.class},
                                (proxy, method, args) -> null),
                        (Runnable) () -> {},
                        new URISyntaxException("in", "why"),
                        new Thread("extended") {},
                        new ClassLoader() {},
                        new Object[] {"a", new ServerSocket()})
                .map(value -> Arguments.of(name(value), value));
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("k", "v");
        return properties;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("travelling")
    void shouldCarry(String name, Object value) {
        Object copy = codec.decode(codec.encode(value));

        assertThat(Alike.alike(value, copy)).as("%s became %s", value, copy).isTrue();
        assertThat(Alike.alike(value, codec.decode(codec.encodeStored(value)))).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("travelling")
    void shouldCarryAsPartOfAnother(String name, Object value) {
        Samples.Named<?> copy = (Samples.Named<?>) codec.decode(codec.encode(new Samples.Named<>(value)));

        assertThat(Alike.alike(value, copy.value()))
                .as("%s became %s", value, copy)
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void shouldRefuse(String name, Object value) {
        assertThatThrownBy(() -> codec.encode(value))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("cannot ship a ")
                .hasMessageContaining(" at: value");
    }

    @Test
    void shouldProbeAsManyKindsAsPromised() throws Exception {
        assertThat(travelling().count() + refused().count()).isGreaterThanOrEqualTo(142);
    }

    @Test
    void shouldCarryWhatOnlyEqualsTheOriginal() {
        Collection<Object> part = new ArrayList<>(List.of(1, 2, 3))
                .subList(0, 2).stream().collect(ArrayList::new, List::add, List::addAll);
        Map<String, Integer> map = new HashMap<>(Map.of("a", 1));

        assertThat(codec.decode(codec.encode(new ArrayList<>(part).subList(0, 2))))
                .isEqualTo(part);
        assertThat(codec.decode(codec.encode(List.of(1, 2, 3).subList(0, 2)))).isEqualTo(List.of(1, 2));
        assertThat(codec.decode(codec.encode(map.keySet()))).isEqualTo(map.keySet());
        assertThat(codec.decode(codec.encode(map.entrySet().iterator().next()))).isEqualTo(Map.entry("a", 1));
        assertThat(codec.decode(codec.encode(new File("a")))).isEqualTo(new File("a"));
        assertThat(codec.decode(codec.encode(URI.create("a")))).isEqualTo(URI.create("a"));
    }

    @Test
    void shouldRefuseAnHttpClient() {
        assertThatThrownBy(() -> codec.encode(Map.of("client", HttpClient.newHttpClient())))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("HttpClient")
                .hasMessageContaining("value -> the value of key 'client'");
    }
}
