package org.goaway.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Tag("process")
@DisabledOnOs(OS.WINDOWS)
class ServerProcessIT {

    private static ServerProcess shell(String script) {
        return shell(script, line -> {});
    }

    private static ServerProcess shell(String script, Consumer<String> printed) {
        try {
            Process process = new ProcessBuilder("sh", "-c", script)
                    .redirectErrorStream(true)
                    .start();
            return new ServerProcess(new Place("server-2", new ThisMachine(), 0), process, printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldSayHowItEndedAndWhatItPrintedLast() {
        ServerProcess server = shell("echo first; echo last; exit 3");
        assertThat(server.onExit()).succeedsWithin(10, TimeUnit.SECONDS);
        server.close();
        assertThat(server.endedText())
                .startsWith("server-2 ended with status 3; it printed last:")
                .endsWith("first\n  last");
        assertThat(server.endedEarly(null)).hasMessageContaining("before it joined");
    }

    @Test
    void shouldNotWaitForWhoeverStillHoldsTheOutput() {
        ServerProcess server = shell("sleep 8 & exit 0");
        assertThat(server.onExit()).succeedsWithin(10, TimeUnit.SECONDS);
        long began = System.nanoTime();
        server.close(Duration.ZERO);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void shouldSayHowItEndedAlsoWhereItsInputWasClosedBefore() {
        CompletableFuture<String> closed = new CompletableFuture<>();
        try (ServerProcess server = shell("exec <&-; echo closed; sleep 0.5; echo last; exit 3", closed::complete)) {
            assertThat(closed).succeedsWithin(10, TimeUnit.SECONDS);
            assertThatThrownBy(() -> server.tell(new ServerSettings(Map.of("port", "0"))))
                    .hasMessageContaining("server-2 ended with status 3 before it joined")
                    .hasMessageEndingWith("last");
        }
    }
}
