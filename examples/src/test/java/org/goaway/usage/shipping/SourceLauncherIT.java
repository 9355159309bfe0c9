package org.goaway.usage.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Program;
import org.goaway.usage.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java Hello.java}: the classes are in the memory of Java's source launcher, in no file. */
class SourceLauncherIT {

    @TempDir
    private Path folder;

    @Test
    void shouldRunFromOneSourceFile() {
        Sources.copy("single", folder);

        try (Program program = Program.java(folder, ClassPath.ofGoAway(), "Hello.java", "world")) {
            var ended = program.ends().well().leavingNoneOf(1);

            assertThat(ended.lines())
                    .containsExactly("Greeting[text=Hello world, from=server-1]", "the node does not have it");
        }
    }
}
