package org.goaway.usage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs short commands of the system. */
public final class Shell {

    private Shell() {}

    /** Runs the command; fails with what it printed unless it ends well. */
    public static void run(String... command) {
        String printed = printed(command);
        if (printed != null) {
            throw new IllegalStateException(List.of(command) + ": " + printed);
        }
    }

    /** Whether the command ends well. */
    public static boolean works(String... command) {
        return printed(command) == null;
    }

    /** What the command printed if it failed; null if it ended well. */
    private static String printed(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? null : printed.strip();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }
}
