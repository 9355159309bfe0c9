package org.goaway.internal.launch.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a machine is told to do. The script and all of its arguments are said on standard input: nothing needs to be quoted for
 * whatever shell the user has there, and nothing shows among the machine's processes.
 */
enum Script {
    /** Starts a server. */
    LAUNCH("launch.sh"),
    /** Stores a jar. */
    STORE("store.sh"),
    /** Sends a signal. */
    SIGNAL("signal.sh");

    private final String text;

    Script(String resource) {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }

    /**
     * A command that reads the script from standard input and not a byte more. It has nothing in it that a shell would look at
     * within single quotes.
     */
    String command() {
        return "exec sh -c 'eval \"$(dd bs=1 count=" + text.length() + " 2>/dev/null)\"'";
    }
}
