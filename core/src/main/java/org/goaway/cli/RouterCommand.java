package org.goaway.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.goaway.ClusterConfig;
import org.goaway.internal.node.StandingRouter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a router, through which members talk that cannot connect to each other. */
@Command(
        name = "router",
        description = {
            "Passes on what members of stack: tunnel send, that cannot connect to each other; ends with Ctrl-C.",
            "With a key it listens on the network and serves who has the same key; without, on loopback. It sees all in clear."
        },
        mixinStandardHelpOptions = true)
final class RouterCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "" + ClusterConfig.USUAL_ROUTER_PORT,
            description = "the port to listen on (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "WHERE",
            description = "an interface, address or network (10.0.0.0/8) to listen on")
    private String bind;

    @Option(names = "--key-file", paramLabel = "FILE", description = "the cluster's key, from 'goaway key new'")
    private Path keyFile;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 1 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port: " + port + " is no port: give 1 to 65535");
        }
        try (StandingRouter router =
                StandingRouter.open(Optional.ofNullable(bind), port, Optional.ofNullable(keyFile))) {
            var out = spec.commandLine().getOut();
            out.println("router at " + router.address() + "; members need stack: tunnel, router: [\"" + router.address()
                    + "\"]" + (keyFile == null ? "" : " and the same key_file"));
            out.flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
