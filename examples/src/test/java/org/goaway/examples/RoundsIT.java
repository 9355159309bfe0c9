package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class RoundsIT {

    @Test
    void shouldGoThroughTheRoundsTogether() {
        try (Program program = Program.goaway("example", "rounds", "--nodes", "2", "--rounds", "3")) {
            var ended = program.ends().well().leavingNoneOf(2);

            assertThat(ended.lines())
                    .map(line -> line.replaceFirst("^\\[[^]]*] ", ""))
                    .containsExactly(
                            "after round 1: 3 pieces",
                            "after round 2: 6 pieces",
                            "after round 3: 9 pieces",
                            "all done, 9 pieces");
        }
    }
}
