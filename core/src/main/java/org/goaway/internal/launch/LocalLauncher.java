package org.goaway.internal.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Starts server processes on this machine, with GoAway's own jars alone on their class path. */
public final class LocalLauncher {

    /**
     * A server keeps no files, runs few threads of its own and starts often: the options trade the JVM's own counters for
     * a faster start. The logging is named since jgroups-raft brings a log4j2-test.xml, which would be taken else. The
     * application's {@code jvm_args} come later and win.
     */
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Dlog4j2.configurationFile=classpath:org/goaway/internal/launch/server-log4j2.xml");

    private final String java;
    private final List<String> jvmArgs;
    private final String mainClass;

    /**
     * @param java the {@code java} program; null: the one that runs this process
     * @param jvmArgs further options for it
     * @param mainClass the server's main class
     */
    public LocalLauncher(String java, List<String> jvmArgs, String mainClass) {
        this.java = java != null
                ? java
                : Path.of(System.getProperty("java.home"), "bin", "java").toString();
        this.jvmArgs = List.copyOf(jvmArgs);
        this.mainClass = mainClass;
    }

    /**
     * Starts one process for each name; all boot at the same time.
     *
     * @param printed gets the server's name and each line that the process itself prints
     */
    public List<ServerProcess> start(List<String> names, BiConsumer<String, String> printed) {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(OPTIONS);
        command.addAll(jvmArgs);
        command.add("-cp");
        command.add(ServerClassPath.find(getClass().getClassLoader()));
        command.add(mainClass);
        List<ServerProcess> started = new ArrayList<>();
        try {
            for (String name : names) {
                started.add(ServerProcess.start(name, new ProcessBuilder(command), line -> printed.accept(name, line)));
            }
            return started;
        } catch (RuntimeException e) {
            stop(started);
            throw e;
        }
    }

    /** Ends all of them at the same time and waits until they are gone. */
    public static void stop(List<ServerProcess> servers) {
        servers.forEach(ServerProcess::askToEnd);
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        for (ServerProcess server : servers) {
            server.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }
}
