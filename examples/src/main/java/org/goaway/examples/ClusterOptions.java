package org.goaway.examples;

import java.nio.file.Path;
import org.goaway.Cluster;
import org.goaway.ConfigException;
import org.goaway.GoAway;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that every example has: on which cluster it runs. */
@Command(mixinStandardHelpOptions = true)
final class ClusterOptions {

    @Option(names = "--nodes", paramLabel = "N", description = "start N server processes on this machine")
    private Integer nodes;

    @Option(names = "--config", paramLabel = "FILE", description = "take the cluster from this goaway.yaml")
    private Path config;

    /** Starts the cluster that the options ask for; by default server processes on this machine. */
    Cluster start() {
        if (config != null) {
            return GoAway.init(config);
        }
        return nodes == null ? GoAway.init() : GoAway.local(nodes);
    }

    /** The number of servers asked for, or {@code otherwise}. */
    int nodes(int otherwise) {
        return nodes == null ? otherwise : nodes;
    }

    /** The configuration file asked for, or null. */
    Path config() {
        return config;
    }

    /** Runs an example with its command line; exits only if that was wrong or the example failed. */
    static void run(Object example, String... args) {
        int status = new CommandLine(example)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof ConfigException) {
                        command.getErr().println(failure.getMessage());
                        return CommandLine.ExitCode.SOFTWARE;
                    }
                    throw failure;
                })
                .execute(args);
        if (status != CommandLine.ExitCode.OK) {
            System.exit(status);
        }
    }
}
