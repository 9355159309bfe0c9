package org.goaway.usage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.goaway.usage.ClassPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a checkout that looks as if it were built, with a Java that only says what it is to run. */
class BenchTest {

    private static final Pattern BENCHMARK =
            Pattern.compile("org\\.goaway\\.benchmarks\\.\\w+.*|org\\.openjdk\\.jmh\\.Main .*");

    @TempDir
    private Path checkout;

    @BeforeEach
    void makeCheckout() throws IOException {
        for (String script : List.of("goaway", "benchmarks/run")) {
            Path copy = checkout.resolve(script);
            Files.createDirectories(copy.getParent());
            Files.copy(ClassPath.project().resolve(script), copy);
            assertThat(copy.toFile().setExecutable(true)).isTrue();
        }
        Files.createDirectories(checkout.resolve("benchmarks/target"));
        Files.createFile(checkout.resolve("benchmarks/target/run.built"));
        Path java = Files.createDirectories(checkout.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    /** What it runs, with its arguments. */
    private List<String> benchmarks(int status, String... call) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(call));
        command.set(0, checkout.resolve(call[0]).toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(checkout.resolve("err").toFile());
        builder.environment().put("JAVA_HOME", checkout.resolve("jdk").toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(status);
        return BENCHMARK.matcher(out).results().map(found -> found.group()).toList();
    }

    @Test
    void shouldRunTheBenchmarksThatAnExpressionMatches() throws IOException, InterruptedException {
        assertThat(benchmarks(0, "goaway", "bench", "^(Weak|Task)", "3"))
                .containsExactly(
                        "org.goaway.benchmarks.WeakBenchmark 3",
                        "org.goaway.benchmarks.TaskRoundTrip 3",
                        "org.goaway.benchmarks.TaskBurst 3");
        assertThat(benchmarks(0, "benchmarks/run", "CodecBenchmark", "-f", "1"))
                .containsExactly("org.openjdk.jmh.Main CodecBenchmark -f 1");
        assertThat(benchmarks(0, "goaway", "bench")).hasSizeGreaterThan(10);
    }

    @Test
    void shouldListTheNamesWhereNoneMatches() throws IOException, InterruptedException {
        assertThat(benchmarks(2, "goaway", "bench", "NoSuch")).isEmpty();
        assertThat(benchmarks(2, "benchmarks/run")).isEmpty();
        assertThat(Files.readString(checkout.resolve("err"))).contains("give one of", "WeakBenchmark");
    }
}
