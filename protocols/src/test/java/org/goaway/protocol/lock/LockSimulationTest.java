package org.goaway.protocol.lock;

import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("simulation")
class LockSimulationTest {

    @Test
    void shouldExcludeServeInOrderAndLoseNoSignalOnThreeMembers() {
        Seeds.run(1500, run -> LockScenario.run(run, 3, Locks::new));
    }

    @Test
    void shouldExcludeServeInOrderAndLoseNoSignalOnFiveMembers() {
        Seeds.run(1000, run -> LockScenario.run(run, 5, Locks::new));
    }

    @Test
    void shouldWakeOneThatStillWaitsForEachSignal() {
        Seeds.run(1000, run -> SignalScenario.run(run, 3, Locks::new));
    }
}
