package org.goaway.usage.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's test of a program; {@code org.goaway.usage.together} runs tests like it. */
class ReadmeTestingTest {

    private static final String IMPORTS =
            "import org.goaway.*; import org.goaway.testing.*; import org.junit.jupiter.api.Test;\n";

    @TempDir
    private Path folder;

    @Test
    void shouldCompile() throws IOException {
        Path source = folder.resolve("OrdersTest.java");
        Files.writeString(source, IMPORTS + Readme.block("java", "class OrdersTest"));

        Sources.compile(List.of(source), ClassPath.ofTests(), folder.resolve("classes"));
    }
}
