package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class ReleaseIT {

    @Test
    void shouldMoveBothNumbersTogether() {
        try (Program program = Program.goaway("example", "release", "--nodes", "2", "--tasks", "30")) {
            var ended = program.ends().well().leavingNoneOf(2);

            assertThat(ended.out()).isEqualTo("x=465 y=-465\n");
        }
    }
}
