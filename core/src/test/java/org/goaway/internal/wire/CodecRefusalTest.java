package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.net.Socket;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import org.goaway.NotTransferableException;
import org.goaway.Registration;
import org.goaway.RemoteCallable;
import org.goaway.RemoteRunnable;
import org.goaway.internal.wire.Samples.Everything;
import org.goaway.internal.wire.Samples.Named;
import org.junit.jupiter.api.Test;

class CodecRefusalTest {

    private final Codec codec = new Codec(getClass().getClassLoader(), handle -> handle);

    private final Thread worker = new Thread("w");

    private void assertRefused(Object value, String... parts) {
        assertThatThrownBy(() -> codec.encode(value))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void shouldTellThePathThroughFieldsListsAndMaps() {
        Everything value = new Everything(
                (byte) 0,
                (short) 0,
                'c',
                0f,
                null,
                null,
                null,
                List.of("a", Map.of("k", new Named<>(new Socket()))),
                null);

        assertRefused(
                value,
                "cannot ship a java.net.Socket at: value -> ",
                "Samples$Everything.any -> [1] -> the value of key 'k' -> ",
                "Samples$Named.value; ");
    }

    @Test
    void shouldNameTheVariableOfALambda() {
        Socket connection = new Socket();
        RemoteCallable<String> function = () -> connection.toString();

        assertRefused(
                function,
                "cannot ship a java.net.Socket at: value -> lambda in "
                        + getClass().getName() + " captures variable 'connection'");
    }

    @Test
    @SuppressWarnings("serial") // javac warns of what is tested
    void shouldSayThatALambdaCapturesItsObject() {
        RemoteRunnable function = () -> worker.interrupt();

        assertRefused(function, "captures 'this' -> ", "CodecRefusalTest.");
    }

    @Test
    void shouldSayThatAMethodReferenceHoldsItsObject() {
        RemoteRunnable function = worker::interrupt;

        assertRefused(function, "a java.lang.Thread at: value", "captures the object of its method reference");
    }

    @Test
    void shouldSayHowALambdaBecomesSerializable() {
        Callable<String> plain = () -> "";

        assertRefused(plain, "a lambda in " + getClass().getName(), "java.util.concurrent.Callable", "cast it to");
    }

    @Test
    void shouldShortenALongPath() {
        Object value = new Socket();
        for (int i = 0; i < 50; i++) {
            value = new ArrayList<>(List.of(value));
        }
        assertRefused(value, "value -> [0] -> ", "… -> ");
    }

    @Test
    @SuppressWarnings("UnusedVariable") // read by the codec
    void shouldTellThePathThroughAnException() {
        class Closing extends IOException {
            private static final long serialVersionUID = 1L;
            final transient Object ignored = new Socket();
            final Object socket = new Socket();
        }

        assertRefused(new IllegalStateException(new Closing()), "value -> cause -> ", "Closing.");
    }

    @Test
    void shouldKeepWhatBelongsToTheClusterHere() {
        Registration registration = () -> {};
        Object own = new Registration() {
            @Override
            public void close() {}
        };

        assertRefused(registration, "it belongs to this process");
        assertRefused(List.of(own), "[0]");
    }

    @Test
    void shouldRefuseAClassOfAClosedModule() {
        InvocationHandler handler = (proxy, method, arguments) -> null;

        assertRefused(handler, "lambda");
    }

    @Test
    @SuppressWarnings("UnusedMethod") // called by the codec
    void shouldSayThatAClassOfTheApplicationFailed() {
        record Broken(int value) {
            @Override
            public int value() {
                throw new IllegalStateException("broken");
            }
        }

        assertRefused(new Broken(1), "its own code failed with java.lang.IllegalStateException: broken");
    }

    @Test
    void shouldRefuseATimeZoneWhoseIdDoesNotStandForItsRules() {
        TimeZone plant = new SimpleTimeZone(3_600_000, "Plant");

        assertRefused(plant, "java.util.SimpleTimeZone", "'Plant'");
        assertRefused(new SimpleTimeZone(0, "Plant"), "java.util.SimpleTimeZone", "'Plant'");
        assertRefused(new SimpleTimeZone(0, "Europe/Paris"), "java.util.SimpleTimeZone", "'Europe/Paris'");
        assertRefused(new GregorianCalendar(plant), "java.util.SimpleTimeZone", "'Plant'");
    }
}
