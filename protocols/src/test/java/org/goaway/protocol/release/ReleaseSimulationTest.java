package org.goaway.protocol.release;

import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("simulation")
class ReleaseSimulationTest {

    @Test
    void shouldShowAllOfEachReleaseToEachLaterSectionOnThreeMembers() {
        Seeds.run(1500, run -> ReleaseScenario.run(run, 3, new ReleaseParts()));
    }

    @Test
    void shouldShowAllOfEachReleaseToEachLaterSectionOnFiveMembers() {
        Seeds.run(1000, run -> ReleaseScenario.run(run, 5, new ReleaseParts()));
    }

    @Test
    void shouldLoseNoReleaseThatSurvivesThroughEpochsOnThreeMembers() {
        Seeds.run(1000, run -> ReleaseEpochScenario.run(run, 3, new ReleaseParts()));
    }

    @Test
    void shouldLoseNoReleaseThatSurvivesThroughEpochsOnFiveMembers() {
        Seeds.run(1000, run -> ReleaseEpochScenario.run(run, 5, new ReleaseParts()));
    }
}
