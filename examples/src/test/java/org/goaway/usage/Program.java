package org.goaway.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A program in a process of its own. Remembers which processes that one started, so that none is left unseen. */
@SuppressWarnings("JdkObsolete") // one thread appends to a StringBuffer and others read it
public final class Program implements AutoCloseable {

    private static final long WATCH_MILLIS = 50;

    private final Process process;
    private final StringBuffer out = new StringBuffer();
    private final StringBuffer err = new StringBuffer();
    private final Set<ProcessHandle> started = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();

    private Program(Process process) {
        this.process = process;
        thread(() -> gather(process.inputReader(), out));
        thread(() -> gather(process.errorReader(), err));
        thread(this::watch);
    }

    /** Starts a command in a folder, with environment variables added. */
    public static Program start(Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new Program(process);
        } catch (IOException e) {
            throw new AssertionError("cannot start " + command, e);
        }
    }

    /** Starts this test's Java in a folder. */
    public static Program java(Path folder, List<Path> classPath, String... arguments) {
        return java(folder, Map.of(), classPath, arguments);
    }

    /** Starts this test's Java in a folder, with environment variables added. */
    public static Program java(
            Path folder, Map<String, String> environment, List<Path> classPath, String... arguments) {
        List<String> command = new ArrayList<>(javaCommand(classPath));
        command.addAll(List.of(arguments));
        return start(folder, environment, command);
    }

    /** Starts the goaway command, as the script of that name does. */
    public static Program goaway(String... arguments) {
        List<String> all = new ArrayList<>(List.of("org.goaway.cli.Main"));
        all.addAll(List.of(arguments));
        return java(Path.of("").toAbsolutePath(), ClassPath.ofExamples(), all.toArray(new String[0]));
    }

    /** Starts the goaway command in a network namespace. */
    public static Program goawayIn(String namespace, String... arguments) {
        List<String> all = new ArrayList<>(List.of("org.goaway.cli.Main"));
        all.addAll(List.of(arguments));
        return javaIn(namespace, ClassPath.ofExamples(), all.toArray(new String[0]));
    }

    /** Starts this test's Java in a network namespace. */
    public static Program javaIn(String namespace, List<Path> classPath, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        command.addAll(javaCommand(classPath));
        command.addAll(List.of(arguments));
        return start(Path.of("").toAbsolutePath(), Map.of(), command);
    }

    private static List<String> javaCommand(List<Path> classPath) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }

    /** Waits until it has printed this. */
    public Program prints(String part) {
        Eventually.holds(() -> out.indexOf(part) >= 0 || !process.isAlive(), () -> describe("does not print " + part));
        assertThat(out.toString())
                .withFailMessage(() -> describe("ended without printing " + part))
                .contains(part);
        return this;
    }

    /** Waits until it has printed this a second time. */
    public Program printsAgain(String part) {
        Eventually.holds(
                () -> out.indexOf(part, out.indexOf(part) + 1) >= 0, () -> describe("does not print again " + part));
        return this;
    }

    /** What it has printed so far. */
    public String out() {
        return out.toString();
    }

    /** Waits until it has printed this as an error or warning. */
    public Program warns(String part) {
        Eventually.holds(() -> err.indexOf(part) >= 0 || !process.isAlive(), () -> describe("does not warn " + part));
        assertThat(err.toString())
                .withFailMessage(() -> describe("ended without warning " + part))
                .contains(part);
        return this;
    }

    /** Waits until it has started so many processes. */
    public Program starts(int processes) {
        Eventually.holds(() -> started.size() >= processes, () -> describe("has not started " + processes));
        return this;
    }

    /** Waits for its end. */
    public Ended ends() {
        return ends(Eventually.AT_MOST);
    }

    /** As the other, for a program that has more to do: a bound for what hangs, not a measure. */
    public Ended ends(Duration atMost) {
        Eventually.holds(() -> !process.isAlive(), atMost, () -> describe("does not end"));
        joinThreads();
        return new Ended(process.exitValue(), out.toString(), err.toString(), Set.copyOf(started));
    }

    /** Kills it without a chance to clean up, and waits for its end. */
    public Ended isKilled() {
        process.destroyForcibly();
        return ends();
    }

    /** Asks it to end, as Ctrl-C does, and waits until it has. */
    public Ended isStopped() {
        process.destroy();
        return ends();
    }

    /** Kills it and all that it started. */
    @Override
    public void close() {
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        joinThreads();
    }

    private String describe(String problem) {
        return problem + "; it printed:\n" + out + "\nand as errors:\n" + err;
    }

    private void watch() {
        try {
            do {
                process.descendants().forEach(started::add);
            } while (!process.waitFor(WATCH_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void gather(BufferedReader from, StringBuffer into) {
        try {
            char[] some = new char[8192];
            for (int count = from.read(some); count >= 0; count = from.read(some)) {
                into.append(some, 0, count);
            }
        } catch (IOException e) {
            into.append(e);
        }
    }

    /** Its process. */
    public long pid() {
        return process.pid();
    }

    private void thread(Runnable work) {
        Thread thread = new Thread(work, "of-program-" + process.pid());
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void joinThreads() {
        try {
            for (Thread thread : threads) {
                thread.join(Eventually.AT_MOST.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
