package org.goaway.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java sources that a test compiles, like a user's build does. */
public final class Sources {

    private Sources() {}

    /** Compiles source files into a folder. */
    public static void compile(List<Path> files, List<Path> classPath, Path into) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (Writer said = new StringWriter();
                StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
            Files.createDirectories(into);
            String jars = String.join(
                    java.io.File.pathSeparator,
                    classPath.stream().map(Path::toString).toList());
            boolean done = javac.getTask(
                            said,
                            manager,
                            null,
                            List.of("-d", into.toString(), "-cp", jars, "-proc:none", "-g"),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(done).withFailMessage(said::toString).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
