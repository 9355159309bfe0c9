package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final List<String> printed = new ArrayList<>();
    private long now;

    private Progress progress(boolean terminal) {
        return new Progress(200, terminal, () -> now, printed::add);
    }

    @Test
    void shouldPrintPlainLineEverySecondsWithRateAndRemainingTime() {
        Progress progress = progress(false);
        for (int second = 1; second <= 10; second++) {
            now = TimeUnit.SECONDS.toNanos(second);
            progress.onTick(second);
        }

        assertThat(printed).hasSize(3);
        assertThat(printed.get(1)).isEqualTo("  3% 6/200  1.0/s  3:14 left" + System.lineSeparator());
    }

    @Test
    void shouldRedrawBarOnTerminal() {
        Progress progress = progress(true);
        now = TimeUnit.SECONDS.toNanos(1);
        progress.onTick(100);

        assertThat(printed)
                .containsExactly("\r[" + "=".repeat(15) + " ".repeat(15) + "]  50% 100/200  100.0/s  0:01 left");
    }

    @Test
    void shouldEndWithWholeTimeOnce() {
        Progress progress = progress(false);
        now = TimeUnit.SECONDS.toNanos(20);
        progress.end(200);
        progress.end(200);
        progress.onTick(200);

        assertThat(printed).containsExactly("100% 200/200  10.0/s  0:20 in all" + System.lineSeparator());
    }
}
