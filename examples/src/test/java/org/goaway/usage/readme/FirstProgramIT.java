package org.goaway.usage.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Ended;
import org.goaway.usage.Jars;
import org.goaway.usage.Program;
import org.goaway.usage.Sources;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first program, outside the tree. */
@Tag("process")
class FirstProgramIT {

    private static final String VERSION = "0.1.0-SNAPSHOT";
    /** A whole build, with a Maven of its own: a bound for what hangs, not a measure. */
    private static final Duration BUILDS = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private Path source;

    @BeforeEach
    void write() throws IOException {
        source = folder.resolve("project/src/main/java/Counter.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, Readme.block("java", "class Counter"));
    }

    @Test
    void shouldRunWithGoAwaysJarsAndNothingElse() {
        Path classes = folder.resolve("classes");
        Sources.compile(List.of(source), ClassPath.ofGoAway(), classes);
        List<Path> classPath = new ArrayList<>(ClassPath.ofGoAway());
        classPath.add(classes);

        try (Program counter = Program.java(folder, classPath, "Counter")) {
            Ended ended = counter.ends().well().leavingNone();

            assertThat(ended.out()).isEqualTo("10\n");
        }
    }

    /**
     * The Maven repository with GoAway in it stands behind the user's own one, as "tail", so that the latter does not
     * change; the libraries and plugins are the ones that the build of GoAway itself has fetched.
     */
    @Test
    void shouldRunAsAMavenProjectWithOneDependency() throws IOException {
        Path repository = folder.resolve("repository");
        install(repository);
        Path project = folder.resolve("project");
        Files.writeString(project.resolve("pom.xml"), pom());

        List<String> command = List.of(
                ClassPath.project().resolve("mvnw").toString(),
                "-q",
                "-ntp",
                "-f",
                project.resolve("pom.xml").toString(),
                "-Dmaven.repo.local.tail=" + repository,
                "compile",
                "exec:java",
                "-Dexec.mainClass=Counter");
        Map<String, String> java = Map.of("JAVA_HOME", System.getProperty("java.home"));
        try (Program maven = Program.start(ClassPath.project(), java, command)) {
            Ended ended = maven.ends(BUILDS).well().leavingNone();

            assertThat(ended.lines()).contains("10");
        }
    }

    private static String pom() {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                    <modelVersion>4.0.0</modelVersion>
                    <groupId>lone</groupId>
                    <artifactId>lone</artifactId>
                    <version>1</version>
                    <properties>
                        <maven.compiler.release>17</maven.compiler.release>
                        <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                    </properties>
                    <dependencies>
                %s
                    </dependencies>
                    <build>
                        <plugins>
                            <plugin>
                                <artifactId>maven-compiler-plugin</artifactId>
                                <version>3.16.0</version>
                            </plugin>
                            <plugin>
                                <artifactId>maven-resources-plugin</artifactId>
                                <version>3.5.0</version>
                            </plugin>
                            <plugin>
                                <groupId>org.codehaus.mojo</groupId>
                                <artifactId>exec-maven-plugin</artifactId>
                                <version>3.5.0</version>
                            </plugin>
                        </plugins>
                    </build>
                </project>
                """.formatted(Readme.block("xml", ""));
    }

    /** Puts GoAway's modules into a Maven repository, as {@code ./mvnw install} does. */
    private static void install(Path repository) throws IOException {
        Path project = ClassPath.project();
        copy(project.resolve("pom.xml"), repository, "goaway", "pom");
        for (String module : List.of("jgroups-config", "protocols", "core")) {
            String artifact = "goaway-" + module;
            copy(project.resolve(module).resolve("pom.xml"), repository, artifact, "pom");
            Path classes = place(project.resolve(module));
            Path jar = Files.isDirectory(classes)
                    ? Jars.pack(repository.resolve(artifact + ".jar"), List.of(classes))
                    : classes;
            copy(jar, repository, artifact, "jar");
        }
    }

    /** Where this test has a module's classes from: its jar, or its folder of classes. */
    private static Path place(Path module) {
        try (Stream<Path> places = ClassPath.ofGoAway().stream()) {
            return places.filter(entry -> entry.startsWith(module)).findFirst().orElseThrow();
        }
    }

    private static void copy(Path file, Path repository, String artifact, String type) throws IOException {
        Path folder = repository.resolve("org/goaway").resolve(artifact).resolve(VERSION);
        Files.createDirectories(folder);
        Files.copy(file, folder.resolve(artifact + "-" + VERSION + "." + type));
    }
}
