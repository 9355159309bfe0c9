package org.goaway.protocol.diff;

import static org.assertj.core.api.Assertions.assertThat;

import org.goaway.protocol.kit.MutantTable;
import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The random tests of diffs must notice when a diff is wrong by one. */
@Tag("simulation")
class DiffMutantsTest {

    @Test
    void shouldCatchARunThatEndsOneElementEarly() {
        assertCaught("a run of changed elements ends one early", (live, head) -> new ArrayTwin(live, head) {
            @Override
            protected int endOfRun(int from) {
                return Math.max(from + 1, super.endOfRun(from) - 1);
            }

            @Override
            protected int nextChange(int from) {
                return from == 0 ? super.nextChange(0) : super.nextChange(Math.min(from + 1, length()));
            }
        });
    }

    @Test
    void shouldCatchARunThatBeginsOneElementLate() {
        assertCaught("a run of changed elements begins one late", (live, head) -> new ArrayTwin(live, head) {
            @Override
            protected int nextChange(int from) {
                int found = super.nextChange(from);
                return found + 1 < length() ? found + 1 : found;
            }
        });
    }

    @Test
    void shouldCatchATwinThatIsNotKeptUpToDate() {
        assertCaught("a twin does not get what was told", (live, head) -> new ArrayTwin(live, head) {
            @Override
            public boolean apply(Patch patch) {
                return true;
            }
        });
    }

    private static void assertCaught(String fault, ArrayScenario.Maker mutant) {
        long seed = Seeds.firstToFail(500, run -> ArrayScenario.run(run, mutant));
        assertThat(seed).as("the first seed that notices: " + fault).isPositive();
        MutantTable.caught(DiffMutantsTest.class, "3.4 diffs", fault, seed);
    }
}
