package org.goaway.protocol.spec;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tlc2.TLC;

/**
 * Runs TLC in a process of its own, because it keeps its state in static fields. One worker: states are then found in the same order,
 * so a violation is always the same one.
 */
final class Tlc {

    /** How long random behaviours are tried. */
    private static final int RANDOM_SECONDS = 90;

    private static final Pattern VIOLATED = Pattern.compile("Invariant (\\w+) is violated");
    private static final Pattern LIVENESS = Pattern.compile("Temporal properties were violated");
    private static final Pattern PASSED = Pattern.compile("No error has been found");
    private static final Pattern STATES = Pattern.compile("^\\d+ states generated, (\\d+) distinct", Pattern.MULTILINE);

    private final Path scratch;

    Tlc(Path scratch) {
        this.scratch = scratch.toAbsolutePath();
    }

    /**
     * Checks one configuration.
     *
     * @throws IllegalStateException with TLC's output if it finds no verdict or not in this time
     */
    Finding check(Configuration configuration, long limitSeconds) throws IOException, InterruptedException {
        Path own = Files.createDirectories(scratch.resolve(configuration.name()));
        Path output = own.resolve("output.txt");
        Process process = new ProcessBuilder(command(configuration, own))
                .directory(configuration.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended;
        try {
            long seconds = configuration.isRandom() ? RANDOM_SECONDS : limitSeconds;
            ended = process.waitFor(seconds, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
        return finding(configuration, Files.readString(output), ended);
    }

    private static Finding finding(Configuration configuration, String output, boolean ended) {
        Matcher violated = VIOLATED.matcher(output);
        if (violated.find()) {
            return new Finding(Finding.violates(violated.group(1)), states(output));
        }
        if (LIVENESS.matcher(output).find()) {
            return new Finding(Finding.violates("liveness"), states(output));
        }
        if (ended && PASSED.matcher(output).find()) {
            return new Finding(Finding.HOLDS, states(output));
        }
        if (!ended && configuration.isRandom() && !output.contains("Error:")) {
            return new Finding(Finding.NOTHING, 0);
        }
        throw new IllegalStateException(
                configuration.name() + (ended ? " cannot be checked" : " was not checked in time") + ":\n" + output);
    }

    private static long states(String output) {
        long states = 0;
        for (Matcher line = STATES.matcher(output); line.find(); ) {
            states = Long.parseLong(line.group(1));
        }
        return states;
    }

    private static List<String> command(Configuration configuration, Path own) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-XX:ParallelGCThreads=1",
                "-Xmx1500m",
                "-Djava.io.tmpdir=" + own,
                "-cp",
                jar().toString(),
                TLC.class.getName(),
                "-nowarning",
                "-deadlock",
                "-workers",
                "1",
                "-metadir",
                own.resolve("states").toString(),
                "-config",
                configuration.name() + ".cfg"));
        if (configuration.isRandom()) {
            command.addAll(List.of("-simulate", "-depth", "100"));
        }
        command.add(configuration.module() + ".tla");
        return command;
    }

    private static File jar() {
        try {
            return new File(TLC.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("TLC is not in a file", e);
        }
    }
}
