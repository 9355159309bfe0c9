package org.goaway.usage.nemesis;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.goaway.ClusterConfig;
import org.goaway.ClusterConfigBuilder;
import org.goaway.usage.ClassPath;

/**
 * Servers that were started by hand and find each other by multicast: more may come at any time, each may leave by its own
 * word, and nobody is told when a process ends.
 */
final class Standing implements Ground {

    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto");

    private final int servers;
    private final Path folder;
    private final IntFunction<List<String>> machine;
    private final List<String> more;
    private final String cluster = "nemesis-" + UUID.randomUUID();
    private final List<Process> processes = new ArrayList<>();

    private Standing(int servers, Path folder, IntFunction<List<String>> machine, List<String> more) {
        this.servers = servers;
        this.folder = folder;
        this.machine = machine;
        this.more = more;
    }

    /** Starts the first servers; what they print is kept in {@code folder}. */
    static Standing of(int servers, Path folder) {
        return on(number -> List.of(), servers, folder);
    }

    /**
     * Starts them elsewhere, with more options.
     *
     * @param machine what runs a command on the machine of this number, from 1; the servers come to them in turn
     */
    static Standing on(IntFunction<List<String>> machine, int servers, Path folder, String... more) {
        Standing standing = new Standing(servers, folder, machine, List.of(more));
        for (int i = 1; i <= servers; i++) {
            standing.start("server-" + i);
        }
        return standing;
    }

    @Override
    public ClusterConfig config() {
        return joining().build();
    }

    /** What a program needs to join them. */
    ClusterConfigBuilder joining() {
        return ClusterConfig.builder()
                .cluster(cluster)
                .launch("none")
                .discovery("multicast")
                .expect(servers + 1)
                .voters(Ground.voters(servers));
    }

    @Override
    public Process start(String name) {
        List<String> command = new ArrayList<>(machine.apply(processes.size() + 1));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.add("-cp");
        command.add(
                ClassPath.ofExamples().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.addAll(List.of("org.goaway.cli.Main", "node", "--cluster", cluster, "--name", name));
        command.addAll(more);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(name + ".out").toFile())
                    .start();
            process.getOutputStream().close();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new AssertionError("cannot start " + command, e);
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }
}
