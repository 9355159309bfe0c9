package org.goaway.protocol.membership;

import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Epochs and leases under crashes, pauses, sleeping hosts, partitions, false suspicions, joins and leaves. */
@Tag("simulation")
class MembershipSimulationTest {

    @Test
    void shouldKeepLeasesWithinEpochsAndBringEverybodyBack() {
        Seeds.run(2_000, run -> new MembershipScenario().run(run));
    }
}
