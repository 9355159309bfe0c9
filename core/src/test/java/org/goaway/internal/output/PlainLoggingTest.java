package org.goaway.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.Test;

/** A program whose only dependency is GoAway: log4j's API is there, and nothing behind it. */
class PlainLoggingTest {

    @Test
    void shouldPrintWarningsAndNothingLessToSystemErr() throws Exception {
        var printed = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            logWithoutBackend();
        } finally {
            System.setErr(before);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} +WARN [^\\n]*what the program should hear\\s*");
    }

    private static void logWithoutBackend() throws Exception {
        URL[] parts = {place(LogManager.class), place(PlainLogging.class)};
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader(parts, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            Object logger = loader.loadClass(LogManager.class.getName())
                    .getMethod("getLogger", String.class)
                    .invoke(null, "org.goaway.anything");
            Class<?> type = loader.loadClass("org.apache.logging.log4j.Logger");
            type.getMethod("info", String.class).invoke(logger, "what nobody asked for");
            type.getMethod("warn", String.class).invoke(logger, "what the program should hear");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
