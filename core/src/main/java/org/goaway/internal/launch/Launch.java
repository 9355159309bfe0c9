package org.goaway.internal.launch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.goaway.GoAwayException;

/** Starts servers on their machines, all at the same time and beside what the caller does meanwhile. */
public final class Launch {

    private final List<CompletableFuture<ServerProcess>> starting;

    private Launch(List<CompletableFuture<ServerProcess>> starting) {
        this.starting = List.copyOf(starting);
    }

    /**
     * Begins; returns at once.
     *
     * @param printed gets the server's name and each line that the process itself prints
     */
    public static Launch begin(ServerCommand command, List<Place> places, BiConsumer<String, String> printed) {
        return new Launch(places.stream()
                .map(place -> CompletableFuture.supplyAsync(
                        () -> start(command, place, printed),
                        work -> new Thread(work, "goaway-launch-" + place.name()).start()))
                .toList());
    }

    private static ServerProcess start(ServerCommand command, Place place, BiConsumer<String, String> printed) {
        Process process;
        try {
            process = place.machine().start(command);
        } catch (RuntimeException e) {
            String why = e instanceof GoAwayException ? e.getMessage() : e.toString();
            throw new GoAwayException(
                    "cannot start " + place.name() + place.machine().on() + ": " + why, e);
        }
        return new ServerProcess(place, process, line -> printed.accept(place.name(), line));
    }

    /**
     * Ends when all processes run and wait for their settings. If one does not, the others are ended first, and the
     * exception says of each that failed why.
     */
    public CompletableFuture<List<ServerProcess>> started() {
        return CompletableFuture.allOf(starting.toArray(CompletableFuture[]::new))
                .handle((done, failure) -> all());
    }

    private List<ServerProcess> all() {
        List<ServerProcess> running = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (CompletableFuture<ServerProcess> one : starting) {
            try {
                running.add(one.join());
            } catch (CompletionException e) {
                failures.add(e.getCause());
            }
        }
        if (failures.isEmpty()) {
            return running;
        }
        stop(running);
        List<String> texts = failures.stream().map(Throwable::getMessage).toList();
        throw new GoAwayException(String.join(System.lineSeparator(), texts), failures.get(0));
    }

    /** Ends what has started and what is about to; returns when all are gone. */
    public void abandon() {
        started().thenAccept(Launch::stop).exceptionally(stopped -> null).join();
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
