package org.goaway.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StandstillsIT {

    private static final long STOP_MILLIS = 1_000;
    /** Threads go on for a moment after their process was told to stop. */
    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    @TempDir
    private Path folder;

    @Test
    void shouldSeeThatItsProcessWasStopped() throws Exception {
        assumeThat(Path.of("/proc/self")).as("one clock for all processes").exists();
        Path file = folder.resolve("stopped.standstills");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
        try {
            await(() -> Files.exists(begun(file)));
            signal("STOP", process);
            long from = System.nanoTime() + MOMENT_NANOS;
            TimeUnit.MILLISECONDS.sleep(STOP_MILLIS);
            long to = System.nanoTime();
            signal("CONT", process);
            await(() -> file.toFile().length() > 0);
            assertThat(Standstills.in(file))
                    .anySatisfy(seen ->
                            assertThat(Standstill.left(List.of(seen), from, to)).isZero());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldSeeNothingBeforeItBegan() throws IOException {
        long before = System.nanoTime();
        try (Standstills standstills = Standstills.watch()) {
            assertThat(standstills.seen()).allMatch(each -> each.from() >= before);
            assertThat(Standstills.in(folder.resolve("nobody's"))).isEmpty();
        }
    }

    private static Path begun(Path file) {
        return Path.of(file + ".begun");
    }

    private static void signal(String signal, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    static final class Main {

        private Main() {}

        public static void main(String[] args) throws Exception {
            Path file = Path.of(args[0]);
            try (Standstills standstills = Standstills.watch(file)) {
                Files.createFile(begun(file));
                Thread.sleep(TimeUnit.MINUTES.toMillis(1));
            }
        }
    }
}
