package org.goaway.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java sources that a test compiles, like a user's build does. */
public final class Sources {

    private Sources() {}

    /** Compiles source files into a folder. */
    public static void compile(List<Path> files, List<Path> classPath, Path into) {
        compile(ToolProvider.getSystemJavaCompiler(), List.of("-cp", joined(classPath)), files, into);
    }

    /** Compiles source files into a folder, with this compiler and these options. */
    public static void compile(JavaCompiler compiler, List<String> options, List<Path> files, Path into) {
        List<String> all = new ArrayList<>(List.of("-d", into.toString(), "-proc:none", "-g"));
        all.addAll(options);
        try (Writer said = new StringWriter();
                StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            Files.createDirectories(into);
            boolean done = compiler.getTask(said, manager, null, all, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(done).withFailMessage(said::toString).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A path of several places, as Java's tools take it. */
    public static String joined(List<Path> places) {
        return places.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The files of this test's resources under a folder, copied to another; returns the Java sources among them. */
    public static List<Path> copy(String resources, Path to) {
        Path from = ClassPath.project().resolve("examples/src/test/resources").resolve(resources);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return javaFiles(to);
    }

    private static List<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
