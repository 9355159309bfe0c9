package org.goaway.usage.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Program;
import org.goaway.usage.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java Hello.java} and {@code jshell}: the classes are in memory, in no file. */
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

    @Test
    void shouldRunFromJShellAndWarnOfItsVariables() throws IOException {
        Path script = Files.writeString(folder.resolve("typed.jsh"), """
                import org.goaway.*;
                var cluster = GoAway.init(ClusterConfig.builder().localServers(1).spawnerTasks(false).build());
                int number = 7;
                int twice(int x) { return 2 * x; }
                System.out.println("argument " + cluster.call(x -> twice(x), number).join());
                System.out.println("variable " + cluster.call(() -> number).join());
                cluster.close();
                /exit
                """);
        String jshell =
                Path.of(System.getProperty("java.home"), "bin", "jshell").toString();
        List<String> command = List.of(
                jshell,
                "--class-path",
                Sources.joined(ClassPath.ofGoAway()),
                "--feedback",
                "silent",
                script.toString());

        try (Program program = Program.start(folder, Map.of(), command)) {
            var ended = program.ends().with(0).leavingNone();

            assertThat(ended.lines()).contains("argument 14", "variable 0");
            assertThat(ended.out() + ended.err()).contains("JShell", "give tasks what they need as arguments");
        }
    }
}
