package org.goaway.protocol.spine;

import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The strict store on the spine, under everything but crashes. */
@Tag("simulation")
class SpineSimulationTest {

    @Test
    void shouldStayLinearizableAndEndWithEqualStates() {
        Seeds.run(2_000, run -> new SpineScenario().run(run));
    }
}
