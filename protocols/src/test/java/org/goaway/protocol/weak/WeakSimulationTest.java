package org.goaway.protocol.weak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("simulation")
class WeakSimulationTest {

    private static final ObjectId OBJECT = WeakMembers.object("o");

    @Test
    void shouldConvergeAndKeepItsPromisesUnderFaults() {
        Seeds.run(2_000, run -> WeakRun.run(run, new WeakParts()));
    }

    @Test
    void shouldConvergeWhileMembersComeAndGo() {
        Seeds.run(2_000, run -> WeakUpheaval.run(run, new WeakParts()));
    }

    @Test
    void shouldForgetRemovalsAndBringNothingBack() {
        Seeds.run(2_000, run -> WeakReturn.run(run, new WeakParts()));
    }

    /** Each sets a = 0, b = 0, c = 0, syncs, and then each sets one of them to 1 and syncs. */
    @Test
    void shouldShowOnlyOnesAfterSync() {
        Seeds.run(300, seed -> {
            LocalCluster cluster = seed.show(new LocalCluster(3, seed.seed()));
            WeakMembers members = new WeakMembers(cluster, new WeakParts());
            cluster.firewall().loss(0.2).delay(Duration.ZERO, Duration.ofMillis(40));
            MemberId first = cluster.members().get(0);
            List.of("a", "b", "c").forEach(field -> members.set(first, OBJECT, field, value(0)));
            await(cluster, List.of(sync(cluster, members, first)));
            List<CompletableFuture<Void>> syncs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                MemberId member = cluster.members().get(i);
                members.set(member, OBJECT, List.of("a", "b", "c").get(i), value(1));
                syncs.add(sync(cluster, members, member));
            }
            await(cluster, syncs);
            for (MemberId member : cluster.members()) {
                List.of("a", "b", "c")
                        .forEach(field -> assertThat(
                                        members.weak(member).replica(OBJECT).get(field))
                                .as("%s at %s", field, member)
                                .isEqualTo(value(1)));
            }
        });
    }

    private static CompletableFuture<Void> sync(LocalCluster cluster, WeakMembers members, MemberId member) {
        CompletableFuture<CompletableFuture<Void>> called = new CompletableFuture<>();
        cluster.onLoop(member, () -> called.complete(members.sync(member, OBJECT)));
        return called.thenCompose(done -> done);
    }

    private static void await(LocalCluster cluster, List<CompletableFuture<Void>> all) {
        assertThat(cluster.runUntil(() -> all.stream().allMatch(CompletableFuture::isDone), Duration.ofSeconds(20)))
                .isTrue();
    }

    private static Value value(int number) {
        return WeakMembers.value(number, 0);
    }
}
