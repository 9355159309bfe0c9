package org.goaway.protocol.task;

import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("simulation")
class TaskSimulationTest {

    @Test
    void shouldEndEachTaskOnceAndStartNoneTwiceOnThreeMembers() {
        Seeds.run(1500, run -> TaskScenario.run(run, 3, new TaskParts()));
    }

    @Test
    void shouldEndEachTaskOnceAndStartNoneTwiceOnFiveMembers() {
        Seeds.run(1000, run -> TaskScenario.run(run, 5, new TaskParts()));
    }
}
