package org.goaway.protocol.membership;

import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Members that do not reach each other for good, while others reach both. */
@Tag("simulation")
class LinksSimulationTest {

    @Test
    void shouldGoOnWithoutWhoeverDoesNotReachTheOthersAndTakeItBack() {
        Seeds.run(2_000, run -> new LinksScenario().run(run));
    }
}
