package org.goaway.usage.nemesis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.goaway.Cluster;
import org.goaway.Member;
import org.goaway.MemberLeftException;
import org.goaway.RemoteTask;
import org.goaway.usage.Eventually;

/** The clients of one round: threads of this process, which is the spawner, and tasks on the servers. One thread. */
final class Clients {

    private final Round round;
    private final Path journals;
    private final long start = System.nanoTime();
    private final Map<Order, Future<?>> running = new LinkedHashMap<>();
    private final Map<Order, String> members = new LinkedHashMap<>();

    Clients(Round round, Path journals) {
        this.round = round;
        this.journals = journals;
    }

    /** Starts one client of each kind on each member. */
    void start(Cluster cluster) {
        for (Member member : cluster.members()) {
            for (Work work : round.works()) {
                start(cluster, member, work);
            }
        }
    }

    /** Starts clients anew at members whose clients were lost with them, and that are back. */
    void startAgain(Cluster cluster) {
        for (Member member : cluster.members()) {
            for (Work work : round.works()) {
                String name = name(work, member);
                boolean none = running.entrySet().stream()
                        .noneMatch(client -> client.getKey().name().equals(name)
                                && !client.getValue().isDone());
                if (none) {
                    start(cluster, member, work);
                }
            }
        }
    }

    private static String name(Work work, Member member) {
        return work.name().toLowerCase(Locale.ROOT) + "@" + member.name();
    }

    private void start(Cluster cluster, Member member, Work work) {
        int number = members.size() + 1;
        Order order = new Order(
                name(work, member), work, number, round.name(), round.seed() + number, start, journals.toString());
        members.put(order, member.name());
        running.put(order, member.isSelf() ? here(order) : cluster.run(Running.on(member), Client::run, order));
    }

    private static Future<?> here(Order order) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            Client.run(order);
            return null;
        });
        Thread thread = new Thread(task, "client-" + order.name());
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /**
     * Waits for the clients, which have been told to end; returns what is wrong with them. Those at the members that were
     * {@code hit} may be lost with them, and those at members that stood still for as long as if they had been.
     */
    List<String> end(Set<String> hit, Watch watch) throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        long end = System.nanoTime() + Eventually.AT_MOST.toNanos();
        for (Map.Entry<Order, Future<?>> client : running.entrySet()) {
            String member = members.get(client.getKey());
            try {
                client.getValue().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException hangs) {
                wrong.add(client.getKey().name() + " does not end: " + explained(client.getValue()));
            } catch (ExecutionException failure) {
                StoodStill stood = watch.seen();
                boolean lost = failure.getCause() instanceof MemberLeftException;
                if (!lost || !stood.orHit(hit).contains(member)) {
                    wrong.add(client.getKey().name() + " failed: " + failure.getCause());
                } else if (!hit.contains(member)) {
                    System.out.println(client.getKey().name() + " may be lost: " + stood);
                }
            }
        }
        return wrong;
    }

    private static String explained(Future<?> client) {
        return client instanceof RemoteTask<?> task ? task.explain() : "a thread of the spawner";
    }
}
