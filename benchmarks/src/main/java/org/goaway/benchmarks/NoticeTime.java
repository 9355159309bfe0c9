package org.goaway.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.Member;
import org.goaway.MembershipEvent;
import org.goaway.TaskOptions;

/**
 * How long it takes from the kill of a server that nobody launched until all others have been told that it is suspected, and
 * until they are told that it is no member any more, which takes its lease. Four servers on one machine and this process;
 * after each kill another one joins. With {@code busy}, tasks compute on all servers meanwhile, one on each processor
 * at least, and living members that are suspected are counted.
 */
public final class NoticeTime {

    private static final int SERVERS = 4;
    private static final long AT_MOST_SECONDS = 60;

    /** One that votes is replaced when it has been gone for ten seconds; without it no second one may go. */
    private static final long REPLACED_SECONDS = 20;

    private static final String CLUSTER = "notice-" + ProcessHandle.current().pid();

    /** What this member was told: type and name, and when. {@code System.nanoTime} is one clock for a machine's processes. */
    private static final Map<String, Long> TOLD = new ConcurrentHashMap<>();

    private static volatile boolean watching;

    private final Map<String, ChildJava> servers = new HashMap<>();
    private final Figures figures = new Figures();
    private int started;
    private int wrong;

    private NoticeTime() {}

    /** Takes the number of kills (9), and {@code busy}. */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
        boolean busy = args.length > 1 && args[1].equals("busy");
        new NoticeTime().run(rounds, busy);
    }

    private void run(int rounds, boolean busy) throws Exception {
        for (int i = 0; i < SERVERS; i++) {
            start();
        }
        ClusterConfig config = ClusterConfig.builder()
                .cluster(CLUSTER)
                .launch("none")
                .discovery("multicast")
                .expect(SERVERS + 1)
                .spawnerTasks(false)
                .build();
        try (Cluster cluster = GoAway.init(config)) {
            watch();
            for (int round = 0; round < rounds; round++) {
                kill(cluster, busy);
            }
            print(busy);
        } finally {
            for (ChildJava server : servers.values()) {
                server.handle().destroyForcibly();
                server.close();
            }
        }
    }

    private void start() throws Exception {
        String name = "s" + ++started;
        servers.put(name, new ChildJava("org.goaway.cli.Main", "node", "--cluster", CLUSTER, "--name", name));
    }

    private void kill(Cluster cluster, boolean busy) throws Exception {
        cluster.awaitMembers(SERVERS + 1, Duration.ofSeconds(AT_MOST_SECONDS));
        List<Member> alive = new ArrayList<>();
        for (Member member : cluster.members()) {
            if (!member.isSpawner()) {
                alive.add(member);
                cluster.run(on(member), NoticeTime::watch).join();
                if (busy) {
                    var unused = cluster.run(on(member), NoticeTime::compute);
                }
            }
        }
        TimeUnit.SECONDS.sleep(busy ? 3 : 1);
        Member victim = alive.remove(started % alive.size());
        ChildJava process = servers.remove(victim.name());
        long killed = System.nanoTime();
        process.handle().destroyForcibly();
        for (MembershipEvent.Type type : List.of(MembershipEvent.Type.SUSPECTED, MembershipEvent.Type.LEFT)) {
            String event = type + " " + victim.name();
            long last = told(event);
            for (Member member : alive) {
                last = Math.max(
                        last, cluster.call(on(member), NoticeTime::told, event).join());
            }
            figures.add(type.name(), (last - killed) / 1e6);
        }
        for (Member member : alive) {
            wrong += cluster.call(on(member), NoticeTime::suspected).join();
        }
        process.close();
        start();
        TimeUnit.SECONDS.sleep(REPLACED_SECONDS);
    }

    private static TaskOptions on(Member member) {
        return TaskOptions.builder().on(member).build();
    }

    private static void watch() {
        if (!watching) {
            watching = true;
            var unused = GoAway.current()
                    .onMembership(event ->
                            TOLD.put(event.type() + " " + event.member().name(), System.nanoTime()));
        }
    }

    private static void compute() {
        double sum = 0;
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10); System.nanoTime() < end; ) {
            for (int i = 0; i < 1_000_000; i++) {
                sum += Math.sqrt(i);
            }
        }
        if (sum == 0) {
            throw new IllegalStateException("the compiler must not leave it out");
        }
    }

    /** Waits until this member was told of an event, and returns when that was. */
    private static long told(String event) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(AT_MOST_SECONDS);
        while (!TOLD.containsKey(event)) {
            if (System.nanoTime() - end >= 0) {
                throw new IllegalStateException("not told within a minute: " + event + "; told " + TOLD.keySet());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return TOLD.get(event);
    }

    /** How many members that answered again this one had suspected. */
    private static int suspected() {
        int count = (int) TOLD.keySet().stream()
                .filter(event -> event.startsWith("REUNITED"))
                .count();
        TOLD.keySet().removeIf(event -> event.startsWith("REUNITED"));
        return count;
    }

    private void print(boolean busy) {
        System.out.println("| after a kill" + (busy ? ", all processors busy" : "") + " | median ms | slowest ms |");
        System.out.println("|---|---|---|");
        for (String name : figures.names()) {
            System.out.printf("| %s at all | %.0f | %.0f |%n", name, figures.median(name), figures.highest(name));
        }
        System.out.printf("living members that were suspected: %d%n", wrong);
    }
}
