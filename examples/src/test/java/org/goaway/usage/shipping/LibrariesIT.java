package org.goaway.usage.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Program;
import org.goaway.usage.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program uses Guava and Jackson in its tasks; no server has them. */
class LibrariesIT {

    @TempDir
    private Path folder;

    @Test
    void shouldTravelWithTheProgramThatUsesThem() {
        List<Path> classPath = new ArrayList<>(ClassPath.ofGoAway());
        classPath.addAll(ClassPath.of("guava", "failureaccess", "jackson"));
        Path classes = folder.resolve("classes");
        Sources.compile(Sources.copy("matrix/libraries", folder.resolve("src")), classPath, classes);
        classPath.add(classes);

        try (Program program = Program.java(folder, classPath, "libs.Libraries")) {
            assertThat(program.ends().well().leavingNoneOf(1).lines())
                    .containsExactly(
                            "3+2+1",
                            "Order[what=pears, count=12]",
                            "{\"order\":{\"what\":\"plums\",\"count\":3}}",
                            "2");
        }
    }
}
