package org.goaway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.goaway.ClusterConfig;
import org.goaway.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NodeCommandTest {

    @TempDir
    private Path folder;

    @Test
    void shouldTellWhereWhatIsRefusedAtTheStartWasFound() throws IOException {
        Path file = Files.writeString(folder.resolve("goaway.yaml"), "cluster: demo\nbind: nowhere\n");
        NodeCommand node = new NodeCommand();
        new CommandLine(node).parseArgs("--config", file.toString());

        assertThatThrownBy(node::call)
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file + ":2: bind: nowhere is no interface");
    }

    @Test
    void shouldTellWhereAKeyFileThatIsNotThereWasNamedAndLookedFor() throws IOException {
        Path file = Files.writeString(folder.resolve("goaway.yaml"), "cluster: demo\nkey_file: no-such.key\n");
        NodeCommand node = new NodeCommand();
        new CommandLine(node).parseArgs("--config", file.toString());

        assertThatThrownBy(node::call)
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        file + ":2: the key file " + Path.of("no-such.key").toAbsolutePath() + " does not exist");
    }

    @Test
    void shouldLookForTheServersOfTheCallWhateverDiscoveryTheFileAsksFor() throws IOException {
        ClusterConfig listed = complete("discovery: multicast\n", "--servers", "10.0.0.1,10.0.0.2:9070");
        assertThat(listed.discovery()).isEqualTo(ClusterConfig.Discovery.SERVERS);
        assertThat(listed.servers()).containsExactly("10.0.0.1", "10.0.0.2:9070");

        ClusterConfig tunnelled = complete("discovery: multicast\n", "--router", "10.0.0.3");
        assertThat(tunnelled.discovery()).isEqualTo(ClusterConfig.Discovery.GOSSIP_ROUTER);
    }

    @Test
    void shouldRefuseServersOfTheCallThatAStackOfTheFileCannotAsk() {
        assertThatThrownBy(() -> complete("stack: tunnel\nrouter: [10.0.0.3]\n", "--servers", "10.0.0.1"))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining("discovery: servers does not go with stack: tunnel");
    }

    private ClusterConfig complete(String file, String option, String value) throws IOException {
        Path written = Files.writeString(folder.resolve("goaway.yaml"), file);
        NodeCommand node = new NodeCommand();
        new CommandLine(node).parseArgs("--config", written.toString(), option, value);
        return node.complete().config();
    }
}
