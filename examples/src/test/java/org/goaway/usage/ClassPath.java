package org.goaway.usage;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Parts of this test's class path, and places of the source tree. */
public final class ClassPath {

    private static final List<String> OF_TESTS = List.of(
            "junit",
            "opentest4j",
            "apiguardian",
            "jspecify",
            "assertj",
            "byte-buddy",
            "archunit",
            "surefire",
            "goaway-testing",
            "ecj-",
            "error_prone_annotations",
            "listenablefuture",
            "j2objc",
            "guava",
            "failureaccess",
            "jackson",
            "spring-boot-loader",
            "-tests.jar");

    private ClassPath() {}

    /** GoAway and what it needs, as a project with goaway-core as its one dependency has it. */
    public static List<Path> ofGoAway() {
        return all().filter(place -> !isOfExamples(place) && !isOf(place, "log4j-core"))
                .toList();
    }

    /** What the goaway command runs with. */
    public static List<Path> ofExamples() {
        return all().toList();
    }

    /** The jars on this test's class path whose names begin with one of these. */
    public static List<Path> of(String... names) {
        return entries()
                .filter(place -> Stream.of(names)
                        .anyMatch(name -> place.getFileName().toString().startsWith(name)))
                .toList();
    }

    /** The class path of this test itself. */
    public static List<Path> ofTests() {
        return entries().toList();
    }

    /** The folder of the whole project. */
    public static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static Stream<Path> all() {
        return entries()
                .filter(place -> !place.endsWith("test-classes")
                        && !place.startsWith(project().resolve("testing")))
                .filter(place -> OF_TESTS.stream().noneMatch(part -> isOf(place, part)));
    }

    private static Stream<Path> entries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath());
    }

    private static boolean isOfExamples(Path place) {
        return place.startsWith(project().resolve("examples"));
    }

    private static boolean isOf(Path jar, String part) {
        return jar.getFileName().toString().contains(part);
    }
}
