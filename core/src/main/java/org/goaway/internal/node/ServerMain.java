package org.goaway.internal.node;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.goaway.GoAwayException;
import org.goaway.internal.launch.ServerSettings;

/**
 * The main class of a launched server: takes its settings from standard input, joins, and lives until standard input
 * ends. That is when its spawner ends it, closes the cluster, or is gone in whatever way.
 */
public final class ServerMain {

    private static final long GRACE_SECONDS = 3;

    /** The start of the cluster and the first tasks need the processors more. */
    private static final long FIGURES_SECONDS = 5;

    private ServerMain() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ServerSettings settings;
        try {
            settings = ServerSettings.readFrom(input);
        } catch (EOFException spawnerGone) {
            return;
        }
        CompletableFuture<Node> joined = new CompletableFuture<>();
        // First: the process may be ended while it joins.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(joined.getNow(null)), "goaway-exit"));
        Thread watch = new Thread(() -> endWith(input, joined), "goaway-stdin");
        watch.setDaemon(true);
        watch.start();
        Node node;
        try {
            node = Arrival.channel(() -> Node.join(LaunchedServer.config(settings)));
        } catch (GoAwayException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        joined.complete(node);
        var unused = node.begun().thenRun(node::rehearse); // the start needs the processors
        CompletableFuture.delayedExecutor(FIGURES_SECONDS, TimeUnit.SECONDS).execute(node.figures()::show);
    }

    /** {@code node} is null where it has not joined yet: it ends with the process. */
    private static void end(Node node) {
        if (node != null) {
            node.end();
        }
        endProcesses();
    }

    /** Ends what tasks have started and left: it belongs to a program that is over. */
    private static void endProcesses() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /** Reads to the end of the input, then ends the process: in order if it can, by force if it takes too long. */
    private static void endWith(BufferedReader input, CompletableFuture<Node> joined) {
        try {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                // Tests alone say something after the settings, and they do once this server is a member.
                joined.join().harm().cutOff(CutLine.read(line));
            }
        } catch (IOException | RuntimeException gone) {
            // As good as the end: a server that does not hear its spawner any more would outlive it.
        }
        Thread force = new Thread(
                () -> {
                    try {
                        TimeUnit.SECONDS.sleep(GRACE_SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    endProcesses();
                    Runtime.getRuntime().halt(0);
                },
                "goaway-halt");
        force.setDaemon(true);
        force.start();
        System.exit(0);
    }
}
