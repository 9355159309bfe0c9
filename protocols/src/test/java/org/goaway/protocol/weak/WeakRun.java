package org.goaway.protocol.weak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;

/** Members of one epoch work under faults and may think each other gone; then all is well, each syncs, and all are equal. */
final class WeakRun {

    private static final int OPERATIONS = 12;

    private final LocalCluster cluster;
    private final Random random;
    private final WeakMembers members;
    private final List<CompletableFuture<Void>> clients = new ArrayList<>();

    private WeakRun(Seeds.Run run, WeakParts parts) {
        cluster = run.show(new LocalCluster(run.seed() % 2 == 0 ? 3 : 5, run.seed()));
        random = cluster.random();
        members = new WeakMembers(cluster, parts);
    }

    static void run(Seeds.Run run, WeakParts parts) {
        new WeakRun(run, parts).run();
    }

    private void run() {
        cluster.firewall()
                .loss(random.nextDouble() * 0.3)
                .repetition(random.nextDouble() * 0.3)
                .delay(Duration.ZERO, Duration.ofMillis(1 + random.nextInt(60)));
        if (random.nextInt(3) == 0) {
            cluster.pause(any(cluster.members()), Duration.ofMillis(random.nextInt(300)));
        }
        if (random.nextInt(4) == 0) {
            cutAndReunite();
        }
        for (MemberId member : cluster.members()) {
            clients.add(cluster.client(member, OPERATIONS, Duration.ofMillis(30), number -> members.operate(member)));
        }
        cluster.runUntil(() -> clients.stream().allMatch(CompletableFuture::isDone), Duration.ofSeconds(20));
        cluster.firewall().heal();
        cluster.run(Duration.ofMillis(250));
        finish();
    }

    /** One member is cut off and thought gone by all, as they are by it; then all see it again. */
    private void cutAndReunite() {
        MemberId lonely = any(cluster.members());
        List<MemberId> others = cluster.members().stream()
                .filter(member -> !member.equals(lonely))
                .toList();
        cluster.firewall().part(List.of(lonely), others);
        others.forEach(other -> {
            cluster.lose(other, lonely);
            cluster.lose(lonely, other);
        });
        cluster.after(Duration.ofMillis(150), () -> {
            cluster.firewall().heal();
            others.forEach(other -> {
                cluster.onLoop(other, () -> members.weak(other).onBack(lonely));
                cluster.onLoop(lonely, () -> members.weak(lonely).onBack(other));
            });
        });
    }

    /** After the heal: all syncs end, and then all members are equal. */
    private void finish() {
        List<CompletableFuture<Void>> last = new ArrayList<>();
        for (MemberId member : cluster.members()) {
            WeakMembers.OBJECTS.forEach(object -> cluster.onLoop(member, () -> last.add(members.sync(member, object))));
        }
        int expected = cluster.members().size() * WeakMembers.OBJECTS.size();
        boolean ended = cluster.runUntil(
                () -> last.size() == expected
                        && members.allSyncsEnded()
                        && clients.stream().allMatch(CompletableFuture::isDone),
                Duration.ofSeconds(30));
        members.checkSyncs();
        assertThat(ended).as("all syncs and clients end after a heal").isTrue();
        last.forEach(sync -> assertThat(sync).as("the last syncs").isCompleted());
        cluster.run(Duration.ofMillis(50));
        members.checkSame();
        cluster.run(Duration.ofSeconds(1));
        members.checkSame();
        members.checkNoTombstones();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
