package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.goaway.ClusterConfig;
import org.goaway.ClusterConfigBuilder;
import org.goaway.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderTest {

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("goaway.yaml"), text);
    }

    private static ConfigException refusal(ClusterConfigBuilder code, Path file) {
        return catchThrowableOfType(
                ConfigException.class, () -> new Provider().start(code.build(), file, ProviderTest.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            launch: none, discovery: multicast, expect: 2, bind: nowhere        | :4: | bind: nowhere is no interface
            launch: none, discovery: multicast, expect: 2, spawner: 192.0.2.200 | :4: | spawner: 192.0.2.200 is at
            launch: local, servers: 1, spawner: 192.0.2.200                     | :3: | spawner: 192.0.2.200 is no loopback
            launch: none, discovery: multicast                                  | :   | discovery: multicast needs expect
            launch: none, expect: 3                                             | :   | launch: none needs to know
            launch: ssh, output: on                                             | :   | launch: ssh needs the machines
            """)
    void shouldTellWhereWhatIsRefusedAtTheStartWasFound(String settings, String place, String problem)
            throws IOException {
        Path file = file(settings.replaceAll(", (\\w+:)", "\n$1") + "\n");

        ConfigException refused = refusal(ClusterConfig.builder(), file);

        assertThat(refused).hasMessageStartingWith(file + place + " " + problem);
        assertThat(refused.file()).contains(file.toString());
    }

    @Test
    void shouldNotBlameTheFileForWhatTheProgramHasSet() throws IOException {
        Path file = file("expect: 2\nbind: somewhere\n");

        ConfigException refused = refusal(
                ClusterConfig.builder().launch("none").discovery("multicast").bind("nowhere"), file);

        assertThat(refused).hasMessageStartingWith("bind: nowhere is no interface");
        assertThat(refused.file()).isEmpty();
    }
}
