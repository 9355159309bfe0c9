package org.goaway.protocol.spine;

import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Barriers, semaphores, latches and longs on the spine, under everything but crashes. */
@Tag("simulation")
class CoordinationSimulationTest {

    @Test
    void shouldKeepTheirPromisesAndLeaveNothingBehind() {
        Seeds.run(2_000, run -> new CoordinationScenario().run(run));
    }

    @Test
    void shouldTakeBackWhatALostMemberHad() {
        Seeds.run(1_000, run -> new CoordinationScenario(true).run(run));
    }
}
