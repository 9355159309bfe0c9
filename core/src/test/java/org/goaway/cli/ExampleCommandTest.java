package org.goaway.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleCommandTest {

    @Test
    void shouldThrowWhatTheExampleThrew() {
        assertThatThrownBy(() -> ExampleCommand.run(example(Fails.class), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessage("no disk");
        assertThatThrownBy(() -> ExampleCommand.run(example(Breaks.class), List.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not mine");
    }

    private static Example example(Class<?> program) {
        return new Example(program.getName(), "fails");
    }

    /** Ends with an exception. */
    public static final class Fails {

        private Fails() {}

        public static void main(String[] args) throws IOException {
            throw new IOException("no disk");
        }
    }

    /** Ends with an error. */
    public static final class Breaks {

        private Breaks() {}

        public static void main(String[] args) {
            throw new AssertionError("not mine");
        }
    }
}
