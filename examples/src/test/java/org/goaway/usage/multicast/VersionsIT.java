package org.goaway.usage.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Program;
import org.goaway.usage.Sources;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two programs at once on one server, each with a version of its own of the same class. */
@Tag("process")
class VersionsIT {

    @TempDir
    private Path folder;

    @Test
    void shouldRunEachProgramsOwnVersionOfAClass() throws IOException {
        String cluster = "versions-" + UUID.randomUUID();
        Path config = Files.writeString(folder.resolve("goaway.yaml"), """
                cluster: %s
                launch: none
                discovery: multicast
                expect: 2
                spawner_tasks: false
                """.formatted(cluster));
        try (Program node = Program.goaway("node", "--cluster", cluster, "--name", "node");
                Program one = version("one", config, "one ran", "other ran")) {
            one.prints("version one, call 1 on node");
            try (Program other = version("other", config, "other ran", "one ran")) {
                assertThat(other.ends().well().lines())
                        .containsExactly("version other, call 1 on node", "version other, call 2 on node");
            }
            assertThat(one.ends().well().lines())
                    .containsExactly("version one, call 1 on node", "version one, call 2 on node");
            node.isStopped();
        }
    }

    private Program version(String name, Path config, String writes, String awaits) {
        Path classes = folder.resolve(name);
        Sources.compile(Sources.copy("versions/" + name, folder.resolve(name + "-src")), ClassPath.ofGoAway(), classes);
        List<Path> classPath = new ArrayList<>(List.of(classes));
        classPath.addAll(ClassPath.ofGoAway());
        return Program.java(folder, classPath, "versions.Version", config.toString(), writes, awaits);
    }
}
