package org.goaway.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LevelsTest {

    private static final int INFO = 400;
    private static final int WARN = 300;

    private final List<AskLevel> asked = new ArrayList<>();
    private final Levels levels = new Levels(asked::add);

    @Test
    void shouldTakeEverythingUntilTheSpawnerHasTold() {
        assertThat(levels.severity("a", 1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(levels.severity("a", 2)).isEqualTo(Integer.MAX_VALUE);
        assertThat(asked).containsExactly(new AskLevel("a"));

        levels.told(new LoggerLevel("a", WARN));

        assertThat(levels.severity("a", 3)).isEqualTo(WARN);
        assertThat(levels.severity("b", 3)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldAskAgainForALevelThatIsOldAndUseItMeanwhile() {
        levels.severity("a", 1);
        levels.told(new LoggerLevel("a", WARN));

        assertThat(levels.severity("a", 2 + Levels.TRUSTED_NANOS)).isEqualTo(WARN);
        assertThat(asked).hasSize(2);
        levels.told(new LoggerLevel("a", INFO));
        assertThat(levels.severity("a", 3 + Levels.TRUSTED_NANOS)).isEqualTo(INFO);
        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldKeepNoLevelThatItDidNotAskFor() {
        levels.told(new LoggerLevel("a", WARN));

        assertThat(levels.severity("a", 1)).isEqualTo(Integer.MAX_VALUE);
    }
}
