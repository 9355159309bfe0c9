package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class WordCountIT {

    @Test
    void shouldCountMadeTextsAsOneThreadDoes() {
        try (Program program =
                Program.goaway("example", "word-count", "--nodes", "2", "--files", "12", "--words", "1000")) {
            var ended = program.ends().well().leavingNoneOf(2);

            assertThat(ended.lines()).hasSize(7).startsWith("counting the words of 12 files on 3 members");
            assertThat(ended.lines().get(6)).endsWith(" different words, counted as by one thread");
        }
    }

    @Test
    void shouldCountTheFilesOfAFolder(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.txt"), "The cat, the dog.");
        Files.writeString(folder.resolve("b.txt"), "the end");

        try (Program program = Program.goaway("example", "word-count", "--nodes", "1", "--folder", folder.toString())) {
            assertThat(program.ends().well().leavingNoneOf(1).lines())
                    .containsExactly(
                            "counting the words of 2 files on 2 members",
                            "the: 3",
                            "cat: 1",
                            "dog: 1",
                            "end: 1",
                            "4 different words, counted as by one thread");
        }
    }

    @Test
    void shouldRefuseAFolderThatIsNoneWithStatus2() {
        try (Program program = Program.goaway("example", "word-count", "--folder", "no-such-folder")) {
            var ended = program.ends().with(2).leavingNoneOf(0);

            assertThat(ended.err()).contains("--folder no-such-folder", "Usage: word-count");
        }
    }
}
