package org.goaway.internal.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.goaway.GoAwayException;

/**
 * Serves figures over HTTP to this machine alone: answers GET of {@code /metrics}, and nothing else. Takes no input.
 */
public final class MetricsServer implements AutoCloseable {

    private static final String PATH = "/metrics";
    private static final int THREADS = 4;
    private static final int WAITING = 16;
    private static final int NONE = -1;

    /** One that begins to ask and is silent must not keep others waiting. */
    private static final long AT_MOST_SECONDS = 3;

    private final HttpServer server;
    private final ExecutorService threads;
    private final ScheduledExecutorService bounds;
    private final Supplier<List<Figure>> figures;

    private MetricsServer(HttpServer server, Supplier<List<Figure>> figures) {
        this.server = server;
        this.figures = figures;
        AtomicInteger number = new AtomicInteger();
        ThreadFactory daemons = work -> {
            Thread thread = new Thread(work, "goaway-metrics-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        this.threads = Executors.newFixedThreadPool(THREADS, daemons);
        this.bounds = new ScheduledThreadPoolExecutor(1, daemons, new ThreadPoolExecutor.DiscardPolicy());
        server.setExecutor(exchange -> threads.execute(() -> bounded(exchange)));
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * Serves until it is closed.
     *
     * @param port where; 0: at any free one
     * @param figures what there is to tell now; asked on this server's threads
     * @throws GoAwayException if the port cannot be had; it says what to do
     */
    public static MetricsServer open(int port, Supplier<List<Figure>> figures) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            return new MetricsServer(HttpServer.create(address, WAITING), figures);
        } catch (BindException taken) {
            throw new GoAwayException(
                    "metrics cannot be served at port " + port + " of "
                            + address.getAddress().getHostAddress() + " (" + taken.getMessage()
                            + "): end what listens there, or give another port (0 takes any free one)",
                    taken);
        } catch (IOException e) {
            throw new GoAwayException("metrics cannot be served: " + e, e);
        }
    }

    /** An interrupt closes the connection. The bounds that Java has hold for all servers of the process, the program's too. */
    private void bounded(Runnable exchange) {
        FutureTask<Void> step = new FutureTask<>(exchange, null);
        Future<?> end = bounds.schedule(() -> step.cancel(true), AT_MOST_SECONDS, TimeUnit.SECONDS);
        step.run();
        end.cancel(false);
    }

    /** Where to ask. */
    public String url() {
        InetSocketAddress at = server.getAddress();
        String host = at.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort() + PATH;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!PATH.equals(exchange.getRequestURI().getPath())) {
                exchange.sendResponseHeaders(404, NONE);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                exchange.sendResponseHeaders(405, NONE);
            } else {
                byte[] text = PrometheusText.of(figures.get()).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", PrometheusText.CONTENT_TYPE);
                exchange.sendResponseHeaders(200, text.length == 0 ? NONE : text.length);
                if (text.length > 0) {
                    exchange.getResponseBody().write(text);
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        bounds.shutdownNow();
    }
}
