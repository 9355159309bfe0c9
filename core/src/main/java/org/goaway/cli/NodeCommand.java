package org.goaway.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.goaway.ClusterConfig;
import org.goaway.ClusterConfigBuilder;
import org.goaway.ConfigException;
import org.goaway.ConfigKey;
import org.goaway.config.CompleteConfig;
import org.goaway.config.ConfigReader;
import org.goaway.internal.node.StandingServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a server by hand, which programs of its cluster's name find by multicast or by a list of servers. */
@Command(
        name = "node",
        description = {
            "Starts a server that programs find, by multicast unless there is a list of servers; ends with Ctrl-C.",
            "With a key it listens on the network and serves who has the same key; without, on loopback."
        },
        mixinStandardHelpOptions = true)
final class NodeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--cluster", paramLabel = "NAME", description = "the cluster it belongs to")
    private String cluster;

    @Option(names = "--config", paramLabel = "FILE", description = "a goaway.yaml; options win over it")
    private Path config;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "this member's name (default: node-<process id>); where another has it, a number is added")
    private String name = "node-" + ProcessHandle.current().pid();

    @Option(names = "--label", paramLabel = "LABEL", description = "a label that tasks can ask for; may be repeated")
    private List<String> labels;

    @Option(names = "--task-threads", paramLabel = "N", description = "how many tasks it runs at the same time")
    private Integer taskThreads;

    @Option(names = "--key-file", paramLabel = "FILE", description = "the cluster's key, from 'goaway key new'")
    private Path keyFile;

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "HOST:PORT",
            description = "where servers are, this one among them, instead of multicast; separated by commas")
    private List<String> servers;

    @Option(
            names = "--router",
            split = ",",
            paramLabel = "HOST:PORT",
            description = "where 'goaway router' runs: talk through it alone, and listen nowhere; separated by commas")
    private List<String> routers;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "the port to listen on (default: the one that the list of servers has for this machine, or any)")
    private Integer port;

    @Option(
            names = "--bind",
            paramLabel = "WHERE",
            description = "an interface, address or network (10.0.0.0/8) to listen on")
    private String bind;

    @Option(
            names = "--metrics",
            paramLabel = "PORT",
            description =
                    "serve figures to this machine, as text for Prometheus, at http://127.0.0.1:PORT/metrics (0: at any free port)")
    private Integer metrics;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description =
                    "log to this file, what is of note too, ten parts of 10 MB (default: warnings to the terminal)")
    private Path log;

    @Override
    public Integer call() throws InterruptedException {
        if (log != null) {
            // Before anything logs: the file's configuration reads the first of these.
            System.setProperty("goaway.log", log.toAbsolutePath().toString());
            System.setProperty("log4j2.configurationFile", "classpath:org/goaway/cli/file-log4j2.xml");
        }
        checkPort(port, 1, "--port", "1 to 65535");
        checkPort(metrics, 0, "--metrics", "0 (any free one) to 65535");
        CompleteConfig complete = complete();
        var out = spec.commandLine().getOut();
        try {
            new StandingServer(findable(complete.config()), name, given(port), given(metrics), line -> {
                        out.println(line);
                        out.flush();
                    })
                    .run();
        } catch (ConfigException wrong) {
            throw complete.located(wrong);
        }
        return 0;
    }

    private void checkPort(Integer given, int least, String option, String ports) {
        if (given != null && (given < least || given > 65_535)) {
            throw new ParameterException(spec.commandLine(), option + ": " + given + " is no port: give " + ports);
        }
    }

    /** The options, and what they leave open as it is set around. What is wrong with them alone is a wrong call. */
    CompleteConfig complete() {
        if (servers != null && routers != null) {
            throw new ParameterException(spec.commandLine(), "--servers or --router, not both");
        }
        try {
            return ConfigReader.ofThisProcess().read(options(), Optional.ofNullable(config));
        } catch (ConfigException wrong) {
            if (wrong.file().isPresent()) {
                throw wrong;
            }
            boolean ofServers =
                    servers != null && wrong.key().filter("discovery"::equals).isPresent();
            String text = ofServers ? "--servers: " + wrong.getMessage() : wrong.getMessage();
            throw new ParameterException(spec.commandLine(), text, wrong);
        }
    }

    private ClusterConfig options() {
        ClusterConfigBuilder options = ClusterConfig.builder().launch("none");
        if (cluster != null) {
            options.cluster(cluster);
        }
        if (labels != null) {
            options.labels(labels);
        }
        if (taskThreads != null) {
            options.taskThreads(taskThreads);
        }
        if (keyFile != null) {
            options.keyFile(keyFile);
        }
        // Discovery too: the file may ask for another one, which would find others than these.
        if (servers != null) {
            options.servers(servers).discovery("servers");
        }
        if (routers != null) {
            options.stack("tunnel").router(routers).discovery("gossip-router");
        }
        if (bind != null) {
            options.bind(bind);
        }
        return options.build();
    }

    private static ClusterConfig findable(ClusterConfig config) {
        boolean unsaid = config.discovery() == ClusterConfig.Discovery.SERVERS
                && !config.isSet(ConfigKey.DISCOVERY)
                && config.servers().isEmpty();
        return unsaid ? config.toBuilder().discovery("multicast").build() : config;
    }

    private static OptionalInt given(Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
