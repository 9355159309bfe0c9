package org.goaway.internal.launch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.goaway.GoAwayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ThisMachineTest {

    @TempDir
    private Path folder;

    private static void start(Path java) {
        new ThisMachine().start(new ServerCommand(Optional.of(java.toString()), List.of(), List.of(), "Main"));
    }

    @Test
    void shouldSayThatThereIsNoSuchJava() {
        Path missing = folder.resolve("java");
        assertThatThrownBy(() -> start(missing))
                .isInstanceOf(GoAwayException.class)
                .hasMessage("'" + missing
                        + "' does not start: no such Java; set 'java' in the configuration to a Java 17 or newer");
    }

    @Test
    void shouldSayWhyAJavaThatIsThereDoesNotStart() throws IOException {
        Path java = Files.writeString(folder.resolve("java"), "may not be run");
        assertThatThrownBy(() -> start(java))
                .isInstanceOf(GoAwayException.class)
                .hasMessageContaining("Permission denied")
                .hasMessageContaining("another Java 17 or newer");
    }
}
