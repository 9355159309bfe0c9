package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class WeakSyncIT {

    @Test
    void shouldShowAllThreeFieldsOnEveryMemberAfterSync() {
        try (Program program = Program.goaway("example", "weak", "--nodes", "2")) {
            var ended = program.ends().well().leavingNoneOf(2);

            assertThat(ended.lines())
                    .containsExactlyInAnyOrder(
                            "spawner: a=1 b=1 c=1", "server-1: a=1 b=1 c=1", "server-2: a=1 b=1 c=1");
        }
    }
}
