package org.goaway.usage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.goaway.usage.ClassPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of a checkout whose benchmarks look as if they were built, with a Java that only says what it is to run, and a
 * build that puts three libraries beside those in use.
 */
class BenchTest {

    private static final Pattern BENCHMARK =
            Pattern.compile("org\\.goaway\\.benchmarks\\.\\w+.*|org\\.openjdk\\.jmh\\.Main .*");

    @TempDir
    private Path checkout;

    @BeforeEach
    void makeCheckout() throws IOException {
        for (String script : List.of("goaway", "benchmarks/run", ".mvn/build-once")) {
            Path copy = checkout.resolve(script);
            Files.createDirectories(copy.getParent());
            Files.copy(ClassPath.project().resolve(script), copy);
            assertThat(copy.toFile().setExecutable(true)).isTrue();
        }
        Files.createDirectories(checkout.resolve("benchmarks/target"));
        Files.createFile(checkout.resolve("pom.xml"));
        Files.createFile(checkout.resolve("benchmarks/target/run.built"));
        script("mvnw", """
                #!/bin/bash
                echo built >> builds
                sleep 1
                last=${!#}
                lib="examples/target/${last#-Drun.lib=}"
                mkdir -p "$lib" && echo same > "$lib/same.jar" && echo new > "$lib/changed.jar" && echo new > "$lib/added.jar"
                ls examples/target/lib > meanwhile
                """);
        script("jdk/bin/java", "#!/bin/sh\necho \"$@\"\n");
    }

    private void script(String name, String text) throws IOException {
        Path file = checkout.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** What it runs, with its arguments. */
    private List<String> benchmarks(int status, String... call) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(call));
        command.set(0, checkout.resolve(call[0]).toString());
        Process process = start(command);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(status);
        return BENCHMARK.matcher(out).results().map(found -> found.group()).toList();
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(checkout.resolve("err").toFile());
        builder.environment().put("JAVA_HOME", checkout.resolve("jdk").toString());
        return builder.start();
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

    @Test
    void shouldLeaveWhatRunsMeanwhileItsLibraries() throws IOException, InterruptedException {
        Path lib = Files.createDirectories(checkout.resolve("examples/target/lib"));
        Path same = Files.writeString(lib.resolve("same.jar"), "same\n");
        Path changed = Files.writeString(lib.resolve("changed.jar"), "old\n");
        Path stale = Files.writeString(lib.resolve("stale.jar"), "old\n");
        Object before = Files.readAttributes(same, BasicFileAttributes.class).fileKey();
        try (InputStream open = Files.newInputStream(changed)) {
            assertThat(start(List.of(checkout.resolve("goaway").toString())).waitFor())
                    .isZero();
            assertThat(open.readAllBytes()).asString().isEqualTo("old\n");
        }
        assertThat(checkout.resolve("meanwhile")).hasContent("changed.jar\nsame.jar\nstale.jar\n");
        assertThat(Files.readAttributes(same, BasicFileAttributes.class).fileKey())
                .isEqualTo(before);
        assertThat(changed).hasContent("new\n");
        assertThat(stale).doesNotExist();
        try (Stream<Path> left = Files.list(lib.getParent())) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("lib", "goaway.built");
        }
    }

    @Test
    void shouldBeBuiltByOneOfTwoFirstCalls() throws IOException, InterruptedException {
        List<String> command = List.of(checkout.resolve("goaway").toString(), "members");
        Process one = start(command);
        Process other = start(command);
        assertThat(one.waitFor()).isZero();
        assertThat(other.waitFor()).isZero();
        assertThat(checkout.resolve("builds")).hasContent("built\n");
        assertThat(checkout.resolve("examples/target/lib/added.jar")).exists();
    }
}
