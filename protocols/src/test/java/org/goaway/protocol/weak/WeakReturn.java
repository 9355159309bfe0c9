package org.goaway.protocol.weak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.kit.Firewall;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;

/**
 * One member is out for so long that the others forget what they have removed, sets fields meanwhile, and comes back with all
 * that it had; messages arrive a second late or twice. Then all become equal, nothing that was removed before comes back,
 * and nothing is remembered of it.
 */
final class WeakReturn {

    private static final Duration CALM = Duration.ofMillis(1_500);
    private static final long LATE = Duration.ofSeconds(1).toNanos();

    private final LocalCluster cluster;
    private final Random random;
    private final WeakMembers members;

    private WeakReturn(Seeds.Run run, WeakParts parts) {
        cluster = run.show(new LocalCluster(run.seed() % 2 == 0 ? 3 : 4, run.seed()));
        random = cluster.random();
        members = new WeakMembers(cluster, parts);
    }

    static void run(Seeds.Run run, WeakParts parts) {
        new WeakReturn(run, parts).run();
    }

    private void run() {
        List<MemberId> all = cluster.members();
        MemberId lonely = all.get(random.nextInt(all.size()));
        List<MemberId> others = new ArrayList<>(all);
        others.remove(lonely);
        trouble();
        operate(all, 6);
        cluster.run(CALM);
        boolean cut = random.nextBoolean();
        if (cut) {
            cluster.firewall().part(List.of(lonely), others);
        }
        if (random.nextBoolean()) {
            others.forEach(other -> {
                cluster.lose(other, lonely);
                cluster.lose(lonely, other);
            });
        }
        cluster.register().drop(lonely);
        cluster.run(Duration.ofMillis(100));
        operate(others, 6);
        if (random.nextBoolean()) {
            operate(List.of(lonely), 3);
        }
        cluster.run(CALM);
        cluster.firewall().heal();
        trouble();
        others.forEach(other -> {
            cluster.onLoop(other, () -> members.weak(other).onBack(lonely));
            cluster.onLoop(lonely, () -> members.weak(lonely).onBack(other));
        });
        cluster.register().add(lonely);
        operate(all, random.nextInt(3));
        cluster.run(Duration.ofMillis(500));
        cluster.firewall().heal();
        cluster.run(Duration.ofSeconds(4));
        assertThat(members.allSyncsEnded()).as("all syncs end").isTrue();
        members.checkSyncs();
        members.checkSame();
        members.checkNoTombstones();
    }

    private void trouble() {
        cluster.firewall()
                .loss(0.1 * random.nextDouble())
                .delay(Duration.ZERO, Duration.ofMillis(30))
                .rule((from, to, message) -> message instanceof Sets && random.nextInt(4) == 0
                        ? new Firewall.Fate(
                                List.of(1L + random.nextInt(30_000_000), (long) (random.nextDouble() * LATE)))
                        : null);
    }

    private void operate(List<MemberId> some, int operations) {
        List<CompletableFuture<Void>> clients = some.stream()
                .map(member ->
                        cluster.client(member, operations, Duration.ofMillis(60), number -> members.operate(member)))
                .toList();
        cluster.runUntil(() -> clients.stream().allMatch(CompletableFuture::isDone), Duration.ofSeconds(2));
    }
}
