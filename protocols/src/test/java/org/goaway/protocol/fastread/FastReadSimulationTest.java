package org.goaway.protocol.fastread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.kit.ShortNumbers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thousands of schedules with loss, delay, repetition, reordering, pauses and crashes. */
@Tag("simulation")
class FastReadSimulationTest {

    private static final LocalCluster.Factory<FastRead> FAST_READ = (self, transport, clock) -> new FastRead(
            self,
            transport,
            clock,
            new ShortNumbers(),
            (object, field, value) -> {},
            () -> true,
            Duration.ofSeconds(2));

    @Test
    void shouldBeLinearizableWithThreeMembers() {
        Seeds.run(2000, run -> simulate(3, run));
    }

    @Test
    void shouldBeLinearizableWithFiveMembers() {
        Seeds.run(1000, run -> simulate(5, run));
    }

    @Test
    void shouldEndEveryOperationWhenAMemberCrashes() {
        Seeds.run(2000, run -> {
            FastReadSimulation simulation =
                    new FastReadSimulation(3, run, FAST_READ).trouble().work();
            MemberId victim = simulation.anyMember();
            simulation.cluster.after(Duration.ofMillis(run.seed() % 400), () -> simulation.cluster.crash(victim));
            shouldEndLinearizable(simulation);
        });
    }

    @Test
    void shouldStayLinearizableWhenAMemberIsTakenForGone() {
        Seeds.run(1000, run -> {
            FastReadSimulation simulation =
                    new FastReadSimulation(3, run, FAST_READ).trouble().work();
            MemberId observer = simulation.anyMember();
            MemberId victim = simulation.anyMember();
            simulation.cluster.after(
                    Duration.ofMillis(run.seed() % 400), () -> simulation.cluster.lose(observer, victim));
            shouldEndLinearizable(simulation);
        });
    }

    private static void shouldEndLinearizable(FastReadSimulation simulation) {
        assertThat(simulation.cluster.runUntil(simulation::ended, Duration.ofMinutes(3)))
                .as("all operations of living members ended")
                .isTrue();
        simulation.shouldBeLinearizable();
    }

    private static void simulate(int size, Seeds.Run run) {
        FastReadSimulation simulation =
                new FastReadSimulation(size, run, FAST_READ).trouble().work();
        simulation.shouldComeToRest();
        simulation.shouldBeLinearizable();
    }
}
