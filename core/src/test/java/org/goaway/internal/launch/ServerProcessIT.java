package org.goaway.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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
        return shell(script, printed, new ThisMachine());
    }

    private static ServerProcess shell(String script, Consumer<String> printed, Machine machine) {
        try {
            Process process = new ProcessBuilder("sh", "-c", script)
                    .redirectErrorStream(true)
                    .start();
            return new ServerProcess(new Place("server-2", machine, 0), process, printed);
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
    void shouldNotTakeALostConnectionForTheEndOfTheProcess() {
        ServerProcess server = shell("exit 3", line -> {}, new Far());
        assertThat(server.onExit()).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(server.hasEnded()).isFalse();
        assertThat(server.endedText()).startsWith("server-2 on far is out of reach: the connection");
        server.close();
    }

    /** A machine whose processes are only known to be out of reach. */
    private static final class Far implements Machine {

        @Override
        public String on() {
            return " on far";
        }

        @Override
        public Process start(ServerCommand command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void signal(Process process, ServerProcess.Signal signal) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasEnded(Process process) {
            return false;
        }
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
    void shouldLetItEndInOrderAlsoWhereItsOwnerIsInterrupted() {
        List<String> printed = new CopyOnWriteArrayList<>();
        ServerProcess server = shell("cat; sleep 0.5; echo in order", printed::add);
        Thread.currentThread().interrupt();
        server.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(printed).containsExactly("in order");
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
