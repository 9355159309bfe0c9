package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class ExampleCommandIT {

    private static final String[] NAMES = {
        "counter",
        "dead-simple",
        "demo",
        "fast-read",
        "hash-puzzle",
        "jacobi",
        "kmeans",
        "locking",
        "release",
        "rounds",
        "weak",
        "word-count"
    };

    @Test
    void shouldListTheExamples() {
        try (Program program = Program.goaway("example")) {
            var ended = program.ends().well().leavingNoneOf(0);

            assertThat(ended.lines()).extracting(line -> line.split(" ", 2)[0]).containsExactly(NAMES);
        }
    }

    @Test
    void shouldNameTheKnownExamplesWhereAnUnknownOneIsAskedFor() {
        try (Program program = Program.goaway("example", "hash-puzle")) {
            var ended = program.ends().with(2).leavingNoneOf(0);

            assertThat(ended.out()).isEmpty();
            assertThat(ended.err()).contains("'hash-puzle'").contains(NAMES);
        }
    }

    @Test
    void shouldRefuseAnUnknownCommandWithStatus2() {
        try (Program program = Program.goaway("exmaple")) {
            assertThat(program.ends().with(2).err()).contains("exmaple").contains("example");
        }
    }

    @Test
    void shouldFailWithStatus1AndWithoutFramesWhereTheConfigurationIsBad() {
        try (Program program = Program.goaway("example", "demo", "--config", "no-such.yaml")) {
            var ended = program.ends().with(1).leavingNoneOf(0);

            assertThat(ended.err()).contains("no-such.yaml").doesNotContain("\tat ");
        }
    }
}
