package org.goaway.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EndedTest {

    private static Ended printing(String err) {
        return new Ended(0, "", err, Set.of());
    }

    private static String trace() {
        StringWriter printed = new StringWriter();
        new IllegalStateException("outer", new IllegalArgumentException("inner"))
                .printStackTrace(new PrintWriter(printed, true));
        return printed.toString();
    }

    @Test
    void shouldNotHaveEndedWellWhereAStackTraceWasPrinted() {
        assertThatThrownBy(printing("12:00:00 WARN one: it failed\n" + trace())::well)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void shouldNotHaveEndedWellWhereAServersStackTraceWasPrinted() {
        String prefixed =
                trace().lines().map(line -> "[server-1] " + line + "\n").collect(Collectors.joining());

        assertThatThrownBy(printing(prefixed)::well).isInstanceOf(AssertionError.class);
    }

    @Test
    void shouldHaveEndedWellWhereItWasToldWhatATaskDoes() {
        Ended ended =
                printing("WARN task 'one' has waited 5 s for task 'behind': server-1 is busy with task 'two', which is"
                        + " at org.goaway.usage.tasks.Busy.computes(Busy.java:7)\n"
                        + "[server-1] blocked at org.goaway.examples.Weak.main(Weak.java:9)\n");

        assertThat(ended.well()).isSameAs(ended);
    }
}
