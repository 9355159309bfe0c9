package org.goaway.internal.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What runs on each machine.
 *
 * @param java the {@code java} command; empty: what the machine has
 * @param jvmArgs the application's options for it
 * @param classPath jars and folders of this machine: GoAway's own alone
 * @param mainClass the server's main class
 */
public record ServerCommand(Optional<String> java, List<String> jvmArgs, List<Path> classPath, String mainClass) {

    /**
     * A server keeps no files, runs few threads of its own and starts often: the options trade the JVM's own counters for
     * a faster start. The logging is named since jgroups-raft brings a log4j2-test.xml, which would be taken else.
     */
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Dlog4j2.configurationFile=classpath:org/goaway/internal/launch/server-log4j2.xml");

    public ServerCommand {
        jvmArgs = List.copyOf(jvmArgs);
        classPath = List.copyOf(classPath);
    }

    /** The command for a main class with GoAway's jars as this process has them. */
    public static ServerCommand of(Optional<String> java, List<String> jvmArgs, String mainClass) {
        return new ServerCommand(java, jvmArgs, ServerClassPath.find(ServerCommand.class.getClassLoader()), mainClass);
    }

    /** GoAway's options and then the application's, which win. */
    public List<String> options() {
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(jvmArgs);
        return options;
    }
}
