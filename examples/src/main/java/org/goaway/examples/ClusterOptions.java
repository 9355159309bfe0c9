package org.goaway.examples;

import java.nio.file.Path;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.ClusterConfigBuilder;
import org.goaway.ConfigException;
import org.goaway.GoAway;
import org.goaway.GoAwayException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every example has: on which cluster it runs. */
@Command(mixinStandardHelpOptions = true)
final class ClusterOptions {

    private static final int MOST_SERVERS = 100;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--nodes", paramLabel = "N", description = "start N server processes on this machine")
    private Integer nodes;

    @Option(names = "--config", paramLabel = "FILE", description = "take the cluster from this goaway.yaml")
    private Path config;

    /** Starts the cluster that the options ask for; by default server processes on this machine. */
    Cluster start() {
        if (config != null && nodes != null) {
            throw new ParameterException(spec.commandLine(), "--nodes or --config, not both");
        }
        if (config != null) {
            return GoAway.init(config);
        }
        return nodes == null ? GoAway.init() : start(ClusterConfig.builder().localServers(nodes));
    }

    /** As {@link #start()}, but by default as many servers as cores, each with one task at a time, and no task in this process. */
    Cluster startServers() {
        if (config != null) {
            return start();
        }
        int processors = Runtime.getRuntime().availableProcessors();
        int servers = nodes == null ? Math.min(processors, MOST_SERVERS) : nodes;
        return start(ClusterConfig.builder()
                .localServers(servers)
                .spawnerTasks(false)
                .taskThreads(Math.max(1, processors / Math.max(1, servers))));
    }

    /** What is wrong with these settings is so with {@code --nodes}; whatever else is, comes from around the call. */
    private Cluster start(ClusterConfigBuilder ofNodes) {
        ClusterConfig servers;
        try {
            servers = ofNodes.build();
        } catch (ConfigException wrong) {
            throw new ParameterException(spec.commandLine(), "--nodes: " + wrong.getMessage(), wrong);
        }
        return GoAway.init(servers);
    }

    /** Runs an example with its command line; exits only if that was wrong (2) or the example failed (1). */
    static void run(Object example, String... args) {
        int status = execute(example, args);
        if (status != CommandLine.ExitCode.OK) {
            System.exit(status);
        }
    }

    static int execute(Object example, String... args) {
        return new CommandLine(example)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (!(failure instanceof GoAwayException)) {
                        throw failure;
                    }
                    command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
    }
}
