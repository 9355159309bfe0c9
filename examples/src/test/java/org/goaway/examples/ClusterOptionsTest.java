package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.goaway.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ClusterOptionsTest {

    /** An example that starts its cluster in both ways. */
    @Command(name = "starts")
    static final class Starts {

        @Mixin
        private ClusterOptions options;

        @Command(name = "all")
        void all() {
            options.start().close();
        }

        @Command(name = "servers")
        void servers() {
            options.startServers().close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --nodes 101                      | 2
            --nodes 0                        | 2
            --nodes=-1                       | 2
            --nodes many                     | 2
            --nodes 1 --config goaway.yaml   | 2
            --config no-such.yaml            | 1
            """)
    void shouldTellAWrongCallFromOneThatFailed(String options, int status) {
        for (String way : new String[] {"all", "servers"}) {
            assertThat(ClusterOptions.execute(new Starts(), (options + " " + way).split(" ")))
                    .isEqualTo(status);
        }
    }

    @Test
    void shouldNotTellOfNodesWhatIsWrongAroundTheCall() {
        System.setProperty("goaway.voters", "2");
        try {
            for (String given : new String[] {"", "--nodes 1"}) {
                Starts starts = new Starts();
                CommandLine command = new CommandLine(starts);
                command.parseArgs(given.isEmpty() ? new String[0] : given.split(" "));
                assertThatThrownBy(starts::all)
                        .isInstanceOf(ConfigException.class)
                        .hasMessageStartingWith("system property goaway.voters: ");
                assertThatThrownBy(starts::servers).isInstanceOf(ConfigException.class);
            }
        } finally {
            System.clearProperty("goaway.voters");
        }
    }
}
