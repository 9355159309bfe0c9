package org.goaway.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM with this one's class path and the options of GoAway's launched servers. It is spoken to by lines, and ends
 * at the end of its input.
 */
final class ChildJava implements AutoCloseable {

    /** Begins the lines that are meant for the parent; others come from libraries. */
    static final String MARK = "> ";

    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto");

    private final Process process;
    private final BufferedReader output;

    /** Starts {@code main} with these arguments. */
    ChildJava(String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Says a line and returns the answer. */
    String ask(String line) throws IOException {
        say(line);
        return answer();
    }

    /** Says a line. */
    void say(String line) throws IOException {
        var input = process.outputWriter(StandardCharsets.UTF_8);
        input.write(line + "\n");
        input.flush();
    }

    /** The next line that is meant for this process. */
    String answer() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(MARK)) {
                return line.substring(MARK.length());
            }
        }
        throw new IOException("a child JVM ended before it answered");
    }

    /** Everything that it prints until its end, line by line. */
    List<String> lines() throws IOException, InterruptedException {
        List<String> lines = output.lines().toList();
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException("a child JVM ended with " + status + ": " + lines);
        }
        return lines;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
