package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class LockingIT {

    @Test
    void shouldLoseNoIncrease() {
        try (Program program = Program.goaway("example", "locking", "--nodes", "2", "--tasks", "12", "--times", "25")) {
            var ended = program.ends().well().leavingNoneOf(2);

            assertThat(ended.out()).isEqualTo("12 tasks counted 25 times each: 300\n");
        }
    }
}
