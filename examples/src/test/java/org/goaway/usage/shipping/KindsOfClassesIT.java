package org.goaway.usage.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Ended;
import org.goaway.usage.Jdks;
import org.goaway.usage.Program;
import org.goaway.usage.Sources;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program with every kind of class, lambda and method reference, made by two compilers and run on two versions of
 * Java.
 */
class KindsOfClassesIT {

    private static final String MAIN = "matrix.Matrix";

    @TempDir
    private Path folder;

    private Path program;
    private List<Path> sources;

    @BeforeEach
    void copy() {
        program = folder.resolve("program");
        sources = Sources.copy("matrix/program", program);
    }

    private List<Path> withGoAway(Path first) {
        List<Path> all = new ArrayList<>(List.of(first));
        all.addAll(ClassPath.ofGoAway());
        return all;
    }

    private static void assertAllAsExpected(Program started, int serversJava) {
        Ended ended = started.ends().well().leavingNoneOf(1);
        assertThat(ended.lines())
                .containsExactly(
                        "on Java " + Runtime.version().feature() + ", the server on Java " + serversJava,
                        "all as expected");
    }

    private static void assertAllAsExpected(Program started) {
        assertAllAsExpected(started, Runtime.version().feature());
    }

    @Test
    void shouldRunOnANewerJava() {
        Optional<Path> newer = Jdks.newer();
        assumeThat(newer).as("a JDK newer than this one").isPresent();
        Sources.compile(sources, ClassPath.ofGoAway(), program);

        try (Program started =
                Program.java(folder, withGoAway(program), MAIN, newer.get().toString())) {
            assertAllAsExpected(started, Jdks.feature(newer.get()));
        }
    }

    @Test
    void shouldRunWhatEclipsesCompilerMakes() {
        List<String> options = List.of("--release", "17", "-cp", Sources.joined(ClassPath.ofGoAway()));
        Sources.compile(new EclipseCompiler(), options, sources, program);

        try (Program started = Program.java(folder, withGoAway(program), MAIN)) {
            assertAllAsExpected(started);
        }
    }
}
