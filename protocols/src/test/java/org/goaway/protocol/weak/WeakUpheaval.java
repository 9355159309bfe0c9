package org.goaway.protocol.weak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.kit.Upheaval;

/**
 * Members come and go, crash in the middle of what they send, and think each other gone, while clients set, remove and sync.
 * Then all is well, and all that live become equal without anybody calling anything.
 */
final class WeakUpheaval {

    private static final int OPERATIONS = 12;
    private static final Duration THINK = Duration.ofMillis(200);

    private final LocalCluster cluster;
    private final Random random;
    private final WeakMembers members;
    private final Map<CompletableFuture<Void>, MemberId> clients = new LinkedHashMap<>();

    private WeakUpheaval(Seeds.Run run, WeakParts parts) {
        cluster = run.show(new LocalCluster(run.seed() % 2 == 0 ? 3 : 5, run.seed()));
        random = cluster.random();
        members = new WeakMembers(cluster, parts);
    }

    static void run(Seeds.Run run, WeakParts parts) {
        new WeakUpheaval(run, parts).run();
    }

    private void run() {
        cluster.members().forEach(this::begin);
        new Upheaval(cluster).onJoin(this::begin).begin();
        for (int flap = random.nextInt(3); flap > 0; flap--) {
            cluster.after(upTo(1_500), this::thinkGone);
        }
        cluster.run(Duration.ofMillis(2_100));
        boolean ended = cluster.runUntil(() -> allEnded() && members.allSyncsEnded(), Duration.ofSeconds(60));
        members.checkSyncs();
        assertThat(ended).as("all clients and syncs end").isTrue();
        cluster.run(Duration.ofSeconds(5));
        members.checkSame();
        members.checkNoTombstones();
    }

    private void begin(MemberId member) {
        clients.put(cluster.client(member, OPERATIONS, THINK, number -> members.operate(member)), member);
    }

    private boolean allEnded() {
        return clients.entrySet().stream()
                .allMatch(client -> client.getKey().isDone() || cluster.crashed(client.getValue()));
    }

    /** One member has another out of its view for a while. */
    private void thinkGone() {
        MemberId one = any(cluster.members());
        MemberId other = any(cluster.members());
        if (!one.equals(other)) {
            cluster.lose(one, other);
            cluster.after(upTo(400).plusMillis(50), () -> {
                if (!cluster.crashed(other)) {
                    cluster.onLoop(one, () -> members.weak(one).onBack(other));
                }
            });
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Duration upTo(int milliseconds) {
        return Duration.ofNanos((long) (random.nextDouble() * milliseconds * 1_000_000));
    }
}
