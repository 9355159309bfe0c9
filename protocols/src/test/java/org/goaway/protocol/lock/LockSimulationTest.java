package org.goaway.protocol.lock;

import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("simulation")
class LockSimulationTest {

    @Test
    void shouldExcludeServeInOrderAndLoseNoSignalOnThreeMembers() {
        Seeds.run(1500, run -> LockScenario.run(run, 3, new LockParts().factory()));
    }

    @Test
    void shouldExcludeServeInOrderAndLoseNoSignalOnFiveMembers() {
        Seeds.run(1000, run -> LockScenario.run(run, 5, new LockParts().factory()));
    }

    @Test
    void shouldKeepHoldsAndWaitersThroughEpochsOnThreeMembers() {
        Seeds.run(1000, run -> LockEpochScenario.run(run, 3, new LockParts()));
    }

    @Test
    void shouldKeepHoldsAndWaitersThroughEpochsOnFiveMembers() {
        Seeds.run(1000, run -> LockEpochScenario.run(run, 5, new LockParts()));
    }

    @Test
    void shouldWakeOneThatStillWaitsForEachSignal() {
        Seeds.run(1000, run -> SignalScenario.run(run, 3, new LockParts().factory()));
    }
}
