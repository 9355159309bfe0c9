package org.goaway.internal.node;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.goaway.ClusterConfig;
import org.goaway.GoAwayException;
import org.goaway.internal.metrics.Figure;
import org.goaway.internal.metrics.MetricsServer;

/**
 * A server that was started by hand: waits for a program that founds a cluster with it or a cluster that takes it in, serves
 * until no program of that cluster is left, and begins afresh, with nothing kept, for the next one.
 */
public final class StandingServer {

    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private final ClusterConfig config;
    private final String name;
    private final OptionalInt port;
    private final OptionalInt metricsPort;
    private final Consumer<String> says;
    private volatile List<Figure> figures = List.of();
    /** Null while it joins, and in between. */
    private volatile Node node;

    /**
     * @param name this member's name
     * @param port where it listens; empty: where the list of servers has it, or at any free port if there is none
     * @param metricsPort where it serves its figures; 0: at any free port; empty: nowhere
     * @param says told in a line what it does
     */
    public StandingServer(
            ClusterConfig config, String name, OptionalInt port, OptionalInt metricsPort, Consumer<String> says) {
        this.config = config;
        this.name = name;
        this.port = port;
        this.metricsPort = metricsPort;
        this.says = says;
    }

    /**
     * Serves one program after the other, until the thread is interrupted.
     *
     * @throws GoAwayException if it cannot become a member, or cannot have the port for its figures
     */
    public void run() throws InterruptedException {
        if (metricsPort.isEmpty()) {
            serveAll();
            return;
        }
        try (MetricsServer metrics = MetricsServer.open(metricsPort.getAsInt(), () -> figures)) {
            says.accept("figures for Prometheus at " + metrics.url());
            serveAll();
        }
    }

    private void serveAll() throws InterruptedException {
        Thread exit = new Thread(this::exit, "goaway-exit");
        Runtime.getRuntime().addShutdownHook(exit); // first: the process may be ended while it joins
        try {
            while (!Thread.currentThread().isInterrupted()) {
                serveOnce();
            }
        } finally {
            removeHook(exit);
        }
    }

    private void exit() {
        Node present = node;
        if (present != null) {
            present.leaveAtOnce();
        }
    }

    private void serveOnce() throws InterruptedException {
        try (Node joined = Arrival.channel(() -> Node.join(Configs.standing(config, name, port, AT_MOST)))) {
            node = joined;
            joined.opensDoor();
            joined.rehearse();
            joined.figures().show();
            figures = joined.figures().table();
            serve(joined);
        } finally {
            node = null;
            figures = List.of();
        }
    }

    private void serve(Node joined) throws InterruptedException {
        says.accept(joined.self() + " waits for a program of cluster '" + config.cluster() + "'");
        var unused = joined.begun().thenAccept(epoch -> says.accept("serving; members " + joined.infos()));
        says.accept(await(joined.programOver()) + "; its tasks and objects are dropped");
    }

    private static String await(CompletableFuture<String> over) throws InterruptedException {
        while (true) {
            try {
                return over.get(1, TimeUnit.DAYS);
            } catch (TimeoutException e) {
                // A server may stand for long.
            } catch (ExecutionException e) {
                throw new GoAwayException("the server failed: " + e.getCause(), e.getCause());
            }
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            // The hook is what ends this.
        }
    }
}
