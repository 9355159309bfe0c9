package org.goaway.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StandstillTest {

    private static final List<Standstill> TWO = List.of(new Standstill(70, 80), new Standstill(20, 30));

    @Test
    void shouldLeaveATimeThatNoneTouchesAsItIs() {
        assertThat(Standstill.left(TWO, 30, 70)).isEqualTo(40);
        assertThat(Standstill.longestLeft(TWO, 30, 70)).isEqualTo(40);
        assertThat(Standstill.longestLeft(List.of(), 0, 100)).isEqualTo(100);
    }

    @Test
    void shouldTakeAwayWhatLiesWithinAndCutTheTimeThere() {
        assertThat(Standstill.left(TWO, 0, 100)).isEqualTo(80);
        assertThat(Standstill.longestLeft(TWO, 0, 100)).isEqualTo(40);
    }

    @Test
    void shouldTakeAwayOnlyThePartThatLiesWithin() {
        assertThat(Standstill.left(TWO, 25, 75)).isEqualTo(40);
        assertThat(Standstill.left(TWO, 22, 28)).isZero();
        assertThat(Standstill.longestLeft(TWO, 22, 28)).isZero();
    }

    @Test
    void shouldTakeAwayOnceWhatSeveralStoodStill() {
        List<Standstill> overlapping = List.of(new Standstill(20, 60), new Standstill(30, 40), new Standstill(50, 70));

        assertThat(Standstill.left(overlapping, 0, 100)).isEqualTo(50);
        assertThat(Standstill.longestLeft(overlapping, 0, 100)).isEqualTo(30);
    }
}
