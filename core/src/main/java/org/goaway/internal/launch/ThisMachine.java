package org.goaway.internal.launch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.goaway.GoAwayException;

/** The machine that this process runs on; its servers run on the same Java unless another is named. */
public final class ThisMachine implements Machine {

    /** How Java passes on the system's ENOENT, before and since Java 22. */
    private static final Pattern NO_SUCH_FILE = Pattern.compile("error[=:] ?2\\b");

    @Override
    public String on() {
        return "";
    }

    @Override
    public Process start(ServerCommand server) {
        String java = server.java()
                .orElseGet(() ->
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(server.options());
        command.add("-cp");
        command.add(server.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(server.mainClass());
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            String text = String.valueOf(e.getMessage());
            String why = NO_SUCH_FILE.matcher(text).find()
                    ? "no such Java; set 'java' in the configuration to a Java 17 or newer"
                    : text + "; mend that, or set 'java' in the configuration to another Java 17 or newer";
            throw new GoAwayException("'" + java + "' does not start: " + why, e);
        }
    }

    @Override
    public void signal(Process process, ServerProcess.Signal signal) {
        String problem;
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
            kill.getOutputStream().close();
            String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            problem = kill.waitFor() == 0 ? null : said;
        } catch (IOException e) {
            problem = "there is no kill command on this machine (" + e.getMessage() + "); use servers in this process";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem = "interrupted";
        }
        if (problem != null) {
            throw new GoAwayException(problem);
        }
    }

    @Override
    public boolean hasEnded(Process process) {
        return !process.isAlive();
    }
}
