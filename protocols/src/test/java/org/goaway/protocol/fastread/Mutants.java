package org.goaway.protocol.fastread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.goaway.protocol.kit.MutantTable;
import org.goaway.protocol.kit.Seeds;

/** Runs the simulation with members of which one rule is left out. */
final class Mutants {

    private static final int SEEDS = 2000;
    private static final int SOUND_SEEDS = 50;

    private final Class<?> test;
    private final Consumer<Trouble> kind;

    Mutants(Class<?> test, Consumer<Trouble> kind) {
        this.test = test;
        this.kind = kind;
    }

    /** Fails unless one of the ordinary number of seeds notices the fault. */
    void assertNoticed(String rule, String fault, Assembly.Factory mutant) {
        long seed = firstToFail(SEEDS, mutant);
        assertThat(seed)
                .as("the first of %s seeds that notices: %s", SEEDS, fault)
                .isPositive();
        MutantTable.caught(test, rule, fault, seed);
    }

    /** The test itself must not be what fails. */
    void assertUnnoticed(Assembly.Factory whole) {
        assertThat(firstToFail(SOUND_SEEDS, whole)).isZero();
    }

    private long firstToFail(int seeds, Assembly.Factory factory) {
        return Seeds.firstToFail(
                seeds,
                run -> new FastReadSimulation(3, run, factory)
                        .trouble(kind)
                        .work()
                        .shouldComeToRest()
                        .shouldBeLinearizable());
    }
}
