package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class DemoIT {

    @Test
    void shouldPrintWhatFunctionsOfAllShapesPutIntoASharedObject() {
        try (Program program = Program.goaway("example", "demo", "--nodes", "2")) {
            var ended = program.ends().well().leavingNoneOf(2);

            assertThat(ended.lines())
                    .containsExactly("square = 144", "sum = 7", "volume = 42", "prime = 1000000000039");
        }
    }
}
