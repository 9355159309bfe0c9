package org.goaway.usage.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Ended;
import org.goaway.usage.Jars;
import org.goaway.usage.Program;
import org.goaway.usage.Sources;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same program from class folders, a plain jar, and one jar with GoAway in it. */
class ShippedProgramIT {

    private static final String[] PRINTED = {
        "for you by server-1",
        "Dear customer: Order[what=pears, count=12] LARGE 600",
        "sold [Order[what=apples, count=1]]",
        "failed: plums",
    };

    @TempDir
    private static Path folder;

    private static Path program;
    private static Path library;

    @BeforeAll
    static void compile() {
        library = folder.resolve("library");
        Sources.compile(Sources.copy("shop/library", folder.resolve("library-src")), List.of(), library);
        program = folder.resolve("program");
        List<Path> classPath = new ArrayList<>(ClassPath.ofGoAway());
        classPath.add(library);
        Sources.compile(Sources.copy("shop/program", program), classPath, program);
    }

    @Test
    void shouldRunFromClassFolders() {
        Ended ended = run(program, library);

        assertThat(ended.lines()).contains(PRINTED);
        assertServersHaveNothingOf(ended, program, library);
    }

    @Test
    void shouldRunFromPlainJars() {
        Path jar = Jars.pack(folder.resolve("shop.jar"), List.of(program));
        Path prices = Jars.pack(folder.resolve("prices.jar"), List.of(library));

        Ended ended = run(jar, prices);

        assertThat(ended.lines()).contains(PRINTED);
        assertServersHaveNothingOf(ended, jar, prices);
    }

    @Test
    void shouldRunFromOneJarWithGoAwayInIt() {
        List<Path> parts = new ArrayList<>(List.of(program, library));
        parts.addAll(ClassPath.ofGoAway());
        Path all = Jars.pack(folder.resolve("shaded.jar"), parts);

        try (Program started = Program.java(folder, List.of(all), "shop.Shop")) {
            Ended ended = started.ends().well().leavingNoneOf(1);

            assertThat(ended.lines()).contains(PRINTED);
            // The jar is the server's class path, but the program's classes still come from the spawner.
            assertThat(ended.lines()).contains("node has program: true", "loaded by the node: false");
            assertThat(serversClassPath(ended)).containsExactly(all.toString());
        }
    }

    private static Ended run(Path... ofProgram) {
        List<Path> classPath = new ArrayList<>(List.of(ofProgram));
        classPath.addAll(ClassPath.ofGoAway());
        try (Program started = Program.java(folder, classPath, "shop.Shop")) {
            return started.ends().well().leavingNoneOf(1);
        }
    }

    private static void assertServersHaveNothingOf(Ended ended, Path... places) {
        assertThat(ended.lines()).contains("node has program: false", "loaded by the node: false");
        for (Path place : places) {
            assertThat(serversClassPath(ended)).isNotEmpty().doesNotContain(place.toString());
        }
    }

    private static List<String> serversClassPath(Ended ended) {
        String line = ended.lines().stream()
                .filter(printed -> printed.startsWith("class path: "))
                .findFirst()
                .orElseThrow();
        return Arrays.asList(line.substring("class path: ".length()).split(File.pathSeparator, -1));
    }
}
