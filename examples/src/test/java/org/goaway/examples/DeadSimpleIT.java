package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class DeadSimpleIT {

    @Test
    void shouldPrintTheResultOfAnotherProcess() {
        try (Program program = Program.goaway("example", "dead-simple", "--nodes", "1")) {
            var ended = program.ends().well().leavingNoneOf(1);

            assertThat(ended.out()).matches("Hello world, from (server-1|spawner)\n");
        }
    }
}
