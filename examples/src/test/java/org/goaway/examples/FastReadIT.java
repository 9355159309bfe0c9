package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class FastReadIT {

    @Test
    void shouldPrintTheAveragesOfEveryMember() {
        try (Program program =
                Program.goaway("example", "fast-read", "--nodes", "2", "--reads", "1000", "--writes", "10")) {
            var ended = program.ends().well().leavingNoneOf(2);

            assertThat(ended.lines()).hasSize(4).last().isEqualTo("x = 9");
            for (String member : new String[] {"spawner", "server-1", "server-2"}) {
                assertThat(ended.out()).containsPattern(member + ": write [0-9.]+ us, read [0-9.]+ ns \\(sum 9000\\)");
            }
        }
    }
}
