package org.goaway.protocol.fastread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thousands of schedules with a bad network, pauses, crashes, partitions, members that go and come, lost leases. */
@Tag("simulation")
class FastReadSimulationTest {

    private int undecided;

    @Test
    void shouldBeLinearizableInABadNetwork() {
        Seeds.run(500, run -> simulate(3, run, trouble -> trouble.network().pauses(3)));
    }

    @Test
    void shouldBeLinearizableWithThreeMembersThatChange() {
        Seeds.run(
                1500,
                run -> simulate(3, run, trouble -> trouble.network().pauses(2).members(5)));
    }

    @Test
    void shouldBeLinearizableWithFiveMembersThatChange() {
        Seeds.run(
                800,
                run -> simulate(5, run, trouble -> trouble.network().pauses(2).members(6)));
    }

    @Test
    void shouldBeLinearizableWhenMembersGoAndComeWithoutEnd() {
        Seeds.run(
                700,
                run -> simulate(
                        3, run, trouble -> trouble.network().suspicion(8).lapses(3)));
    }

    @Test
    void shouldBeLinearizableWhenManyJoinUnderLoad() {
        Seeds.run(
                500,
                run -> simulate(3, run, trouble -> trouble.network().entries(2).suspicion(3)));
    }

    private void simulate(int size, Seeds.Run run, Consumer<Trouble> kind) {
        boolean decided = new FastReadSimulation(size, run, Assembly::new)
                .trouble(kind)
                .work()
                .shouldComeToRest()
                .shouldBeLinearizable();
        if (!decided) {
            undecided++;
            assertThat(undecided)
                    .as("histories of seeds up to this that are too hard to check")
                    .isLessThan(2 + (int) run.seed() / 200);
        }
    }
}
