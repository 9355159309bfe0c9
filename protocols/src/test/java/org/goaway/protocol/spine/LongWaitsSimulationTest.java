package org.goaway.protocol.spine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.goaway.protocol.Clock;
import org.goaway.protocol.coordination.Coordination;
import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When long waits end because the log is silent, and when they do not. */
@Tag("simulation")
class LongWaitsSimulationTest {

    private static final int SEEDS = 1_000;

    @Test
    void shouldEndLongWaitsOnlyIfTheLogIsSilentForItsBound() {
        Seeds.run(SEEDS, run -> new LongWaitsScenario().run(run));
    }

    @Test
    void shouldCatchThatOneQuestionWithoutAnswerEndsTheWaits() {
        assertCaught(() -> new LongWaitsScenario() {
            @Override
            Coordination coordination(Clock clock, Spine spine) {
                return new Coordination(clock, spine::submit, () -> clock.nanos() - BOUND.toNanos(), BOUND);
            }
        });
    }

    @Test
    void shouldCatchThatWaitsGoOnThoughNobodyCanTell() {
        assertCaught(() -> new LongWaitsScenario() {
            @Override
            Coordination coordination(Clock clock, Spine spine) {
                return new Coordination(clock, spine::submit, clock::nanos, BOUND);
            }
        });
    }

    private static void assertCaught(Supplier<LongWaitsScenario> mutant) {
        assertThat(Seeds.firstToFail(SEEDS, run -> mutant.get().run(run)))
                .as("the first seed that fails")
                .isPositive();
    }
}
