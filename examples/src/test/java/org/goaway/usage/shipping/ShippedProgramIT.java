package org.goaway.usage.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.ToolProvider;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Ended;
import org.goaway.usage.Jars;
import org.goaway.usage.Program;
import org.goaway.usage.Sources;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same program from class folders, a plain jar, one jar with GoAway in it, a jar of jars, and as a module. */
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

    @Test
    void shouldRunFromAJarOfJars() {
        List<Path> libraries = new ArrayList<>(ClassPath.ofGoAway());
        libraries.add(Jars.pack(folder.resolve("prices.jar"), List.of(library)));
        Path loader = ClassPath.of("spring-boot-loader").get(0);
        Path all = Jars.packForBoot(folder.resolve("boot.jar"), loader, program, libraries, "shop.Shop");

        try (Program started =
                Program.java(folder, List.of(all), "org.springframework.boot.loader.launch.JarLauncher")) {
            Ended ended = started.ends().well().leavingNoneOf(1);

            assertThat(ended.lines()).contains(PRINTED);
            assertServersHaveNothingOf(ended, all);
            assertThat(serversClassPath(ended))
                    .noneMatch(place -> place.contains("prices"))
                    .allSatisfy(copy -> assertThat(Path.of(copy))
                            .as("a copy, gone with the program")
                            .doesNotExist());
        }
    }

    /** On a module path no two jars may have classes of one package, which some of GoAway's libraries have: one jar it is. */
    @Test
    void shouldRunAsAModule() {
        Path goaway = Jars.pack(folder.resolve("modules/goaway.jar"), ClassPath.ofGoAway());
        Path prices = Jars.pack(folder.resolve("modules/prices.jar"), List.of(library));
        String path = Sources.joined(List.of(goaway, prices));

        Ended ended = runModule(
                        path, "open module shop { requires goaway; requires jdk.unsupported; requires prices; }")
                .well();

        assertThat(ended.lines()).contains(PRINTED);
        assertServersHaveNothingOf(ended, prices);
        assertThat(runModule(path, "module shop { requires goaway; requires jdk.unsupported; requires prices; }")
                        .err())
                .contains("module shop does not open its package; add \"opens shop\" to its module-info");
    }

    private static Ended runModule(String path, String moduleInfo) {
        try {
            Path sources = Files.createTempDirectory(folder, "module-src");
            List<Path> files = new ArrayList<>(Sources.copy("shop/program", sources));
            files.add(Files.writeString(sources.resolve("module-info.java"), moduleInfo));
            Path classes = Files.createTempDirectory(folder, "module");
            Sources.copy("shop/program", classes);
            Sources.compile(ToolProvider.getSystemJavaCompiler(), List.of("-p", path), files, classes);
            String all = classes + File.pathSeparator + path;
            try (Program started = Program.java(folder, List.of(), "-p", all, "-m", "shop/shop.Shop")) {
                return started.ends();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
