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

    private static final ObjectId OBJECT = WeakRun.object("o");

    @Test
    void shouldConvergeAndKeepItsPromisesUnderFaults() {
        Seeds.run(2_000, seed -> {
            WeakRun run = new WeakRun(seed.seed() % 2 == 0 ? 3 : 5, seed.seed(), WeakRun.Parts.REAL);
            seed.show(run.cluster());
            run.run();
        });
    }

    /** Each sets a = 0, b = 0, c = 0, syncs, and then each sets one of them to 1 and syncs. */
    @Test
    void shouldShowOnlyOnesAfterSync() {
        Seeds.run(300, seed -> {
            WeakRun run = new WeakRun(3, seed.seed(), WeakRun.Parts.REAL);
            LocalCluster cluster = seed.show(run.cluster());
            cluster.firewall().loss(0.2).delay(Duration.ZERO, Duration.ofMillis(40));
            MemberId first = cluster.members().get(0);
            List.of("a", "b", "c").forEach(field -> run.set(first, OBJECT, field, value(0)));
            await(cluster, List.of(sync(run, first)));
            List<CompletableFuture<Void>> syncs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                MemberId member = cluster.members().get(i);
                run.set(member, OBJECT, List.of("a", "b", "c").get(i), value(1));
                syncs.add(sync(run, member));
            }
            await(cluster, syncs);
            for (MemberId member : cluster.members()) {
                List.of("a", "b", "c")
                        .forEach(field -> assertThat(run.get(member, OBJECT, field))
                                .as("%s at %s", field, member)
                                .isEqualTo(value(1)));
            }
        });
    }

    private static CompletableFuture<Void> sync(WeakRun run, MemberId member) {
        CompletableFuture<CompletableFuture<Void>> called = new CompletableFuture<>();
        run.cluster().onLoop(member, () -> called.complete(run.sync(member, OBJECT)));
        return called.thenCompose(done -> done);
    }

    private static void await(LocalCluster cluster, List<CompletableFuture<Void>> all) {
        assertThat(cluster.runUntil(() -> all.stream().allMatch(CompletableFuture::isDone), Duration.ofSeconds(20)))
                .isTrue();
    }

    private static Value value(int number) {
        return WeakRun.value(number, 0);
    }
}
