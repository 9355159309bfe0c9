package org.goaway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60) // a wrong call that is taken runs for ever
class MainTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --version                       | 0
            nonsense                        | 2
            --nonsense                      | 2
            example nonsense                | 2
            key                             | 2
            key show no-such.key            | 1
            router --port 0                 | 2
            doctor --seconds 0              | 2
            doctor --seconds=-1             | 2
            doctor --seconds 3601           | 2
            node --config no-such.yaml      | 1
            node --key-file no-such.key     | 1
            node --bind nowhere             | 1
            node --port 0                   | 2
            node --port 65536               | 2
            node --metrics=-1               | 2
            node --task-threads 0           | 2
            node --task-threads many        | 2
            node --cluster a/b              | 2
            node --label a,b                | 2
            node --servers @                | 2
            node --servers a --router b     | 2
            """)
    void shouldTellAWrongCallFromOneThatFailed(String call, int status) {
        assertThat(Main.run(call.split(" "))).isEqualTo(status);
    }

    /** What shows colours everywhere, as many systems of continuous integration do. */
    @Test
    void shouldShowMembersOnceWhereThereIsNoTerminalThoughColoursAreForced() {
        System.setProperty("picocli.ansi", "true");
        try {
            assertThat(Main.run("members", "--cluster", "no-such-cluster")).isEqualTo(1);
        } finally {
            System.clearProperty("picocli.ansi");
        }
    }
}
