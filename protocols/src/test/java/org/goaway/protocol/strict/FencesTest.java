package org.goaway.protocol.strict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.goaway.protocol.Fence;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.kit.MutantTable;
import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Test;

class FencesTest {

    private static final int SEEDS = 500;

    @Test
    void shouldRefuseLowerTokensOfTheSameLockOnlyThroughSnapshotsToo() {
        Seeds.run(SEEDS, run -> FenceScenario.run(run, Fences::new, piece -> piece));
    }

    @Test
    void shouldCatchAStateThatDoesNotCompareTokens() {
        assertCaught("no token is refused", () -> new Fences() {
            @Override
            long pass(ObjectId object, Fence fence) {
                super.pass(object, fence);
                return 0;
            }
        });
    }

    @Test
    void shouldCatchAStateThatTakesAllLocksForOne() {
        assertCaught("tokens of different locks are compared", () -> new Fences() {
            @Override
            long pass(ObjectId object, Fence fence) {
                return super.pass(object, fence == null ? null : new Fence(object, fence.token()));
            }
        });
    }

    @Test
    void shouldCatchAStateThatForgetsTheFenceOfARefusedWrite() {
        assertCaught("a token is kept for one write only", () -> new Fences() {
            @Override
            long pass(ObjectId object, Fence fence) {
                long highest = super.pass(object, fence);
                if (highest > 0) {
                    clear();
                }
                return highest;
            }
        });
    }

    @Test
    void shouldCatchASnapshotWithoutTokens() {
        assertCaught(
                "a snapshot leaves the tokens out",
                Fences::new,
                piece -> piece instanceof StrictPiece.Token ? null : piece);
    }

    private static void assertCaught(String fault, Supplier<Fences> mutant) {
        assertCaught(fault, mutant, piece -> piece);
    }

    private static void assertCaught(String fault, Supplier<Fences> mutant, UnaryOperator<StrictPiece> snapshot) {
        long seed = Seeds.firstToFail(SEEDS, run -> FenceScenario.run(run, mutant, snapshot));
        assertThat(seed).as("the first seed that notices that " + fault).isPositive();
        MutantTable.caught(FencesTest.class, "fence (guardedBy)", fault, seed);
    }
}
