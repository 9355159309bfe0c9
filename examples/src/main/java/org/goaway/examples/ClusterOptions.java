package org.goaway.examples;

import java.nio.file.Path;
import org.goaway.Cluster;
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
        try {
            return nodes == null ? GoAway.init() : GoAway.local(nodes);
        } catch (ConfigException wrong) {
            throw new ParameterException(spec.commandLine(), "--nodes: " + wrong.getMessage(), wrong);
        }
    }

    /** The number of servers asked for, or {@code otherwise}. */
    int nodes(int otherwise) {
        if (nodes != null && nodes < 1) {
            throw new ParameterException(spec.commandLine(), "--nodes " + nodes + ": at least 1 server is needed");
        }
        return nodes == null ? otherwise : nodes;
    }

    /** The configuration file asked for, or null. */
    Path config() {
        return config;
    }

    /** Runs an example with its command line; exits only if that was wrong (2) or the example failed (1). */
    static void run(Object example, String... args) {
        int status = new CommandLine(example)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (!(failure instanceof GoAwayException)) {
                        throw failure;
                    }
                    command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
        if (status != CommandLine.ExitCode.OK) {
            System.exit(status);
        }
    }
}
