package org.goaway.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleCommandTest {

    @Test
    void shouldThrowWhatTheExampleThrew() {
        Example example = new Example(Fails.class.getName(), "fails");
        assertThatThrownBy(() -> ExampleCommand.run(example, List.of("exception")))
                .isInstanceOf(IOException.class)
                .hasMessage("no disk");
        assertThatThrownBy(() -> ExampleCommand.run(example, List.of("error")))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not mine");
    }

    /** Ends as it is told. */
    public static final class Fails {

        private Fails() {}

        public static void main(String[] args) throws IOException {
            if (args[0].equals("exception")) {
                throw new IOException("no disk");
            }
            if (args[0].equals("error")) {
                throw new AssertionError("not mine");
            }
        }
    }
}
