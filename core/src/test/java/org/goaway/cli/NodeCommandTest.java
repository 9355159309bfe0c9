package org.goaway.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
