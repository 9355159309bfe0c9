package org.goaway.protocol.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.diff.Change;
import org.goaway.protocol.kit.Firewall;
import org.goaway.protocol.kit.LocalCluster;
import org.junit.jupiter.api.Test;

/** A member that joins over slow links while there are many objects. */
class CatchUpTest {

    private static final int OBJECTS = 300;
    private static final int SIZE = 20_000;
    private static final Duration TRAVEL = Duration.ofMillis(100);

    private final LocalCluster cluster = new LocalCluster(3, 1);
    private final List<MemberId> homes = cluster.members();
    private final Map<MemberId, Release> releases = new ReleaseParts()
            .install(cluster, cluster.register()::lease, self -> (object, field, value) -> {}, self ->
                    (object, token) -> {});
    private final List<ObjectId> objects = IntStream.range(0, OBJECTS)
            .mapToObj(number -> new ObjectId(ObjectId.Kind.RELEASE, "o" + number))
            .toList();
    /** When the contents arrive that are on their way to the joiner, by sender: one after the other. */
    private final Map<MemberId, Deque<Long>> arrivals = new HashMap<>();

    private int most;

    @Test
    void shouldHaveFewContentsOnTheirWayToAJoiner() {
        MemberId joiner = join();
        assertThat(cluster.runUntil(() -> releases.get(joiner).isSynced(), Duration.ofMinutes(1)))
                .isTrue();
        assertThat(objects)
                .allSatisfy(object -> assertThat(releases.get(joiner).replica().version(object))
                        .isPositive());
        assertThat(most).isLessThanOrEqualTo(2 * FetchQueue.AT_ONCE);
    }

    @Test
    void shouldGetEachContentAboutOnce() {
        MemberId joiner = join();
        cluster.runUntil(() -> releases.get(joiner).isSynced(), Duration.ofMinutes(1));
        assertThat(cluster.sent(State.class)).isLessThan(OBJECTS * 11 / 10);
    }

    @Test
    void shouldNotHearAgainWhatItLacksWhileItFetches() {
        MemberId joiner = join();
        cluster.runUntil(() -> releases.get(joiner).isSynced(), Duration.ofMinutes(1));
        assertThat(cluster.sent(Inventory.class)).isLessThan(2 * homes.size() * homes.size());
    }

    @Test
    void shouldLetASectionBeginBeforeAllElseHasCome() {
        MemberId joiner = join();
        cluster.runUntil(() -> !arrivals.isEmpty(), Duration.ofSeconds(3));
        CompletableFuture<Section> entered = new CompletableFuture<>();
        ObjectId last = objects.get(OBJECTS - 1);
        cluster.onLoop(joiner, () -> {
            var unused = releases.get(joiner).acquire(last, "joiner").section().thenAccept(entered::complete);
        });
        assertThat(cluster.runUntil(entered::isDone, Duration.ofSeconds(2))).isTrue();
        assertThat(releases.get(joiner).isSynced()).isFalse();
    }

    private MemberId join() {
        objects.forEach(this::release);
        cluster.run(Duration.ofSeconds(5));
        cluster.forgetSent();
        MemberId joiner = cluster.enter();
        cluster.firewall()
                .rule((from, to, message) -> to.equals(joiner) && message instanceof State ? slow(from) : null);
        cluster.register().add(joiner);
        return joiner;
    }

    private void release(ObjectId object) {
        MemberId member = cluster.epoch().home(object);
        Release release = releases.get(member);
        Map<String, Change> written = Map.of("x", Change.set(Value.of(new byte[SIZE])));
        cluster.onLoop(member, () -> {
            var unused = release.acquire(object, "filler")
                    .section()
                    .thenAccept(section -> release.release(object, section.token(), written));
        });
    }

    private Firewall.Fate slow(MemberId from) {
        Deque<Long> link = arrivals.computeIfAbsent(from, sender -> new ArrayDeque<>());
        long now = cluster.now();
        while (!link.isEmpty() && link.peek() <= now) {
            link.remove();
        }
        long arrival = (link.isEmpty() ? now : link.getLast()) + TRAVEL.toNanos();
        link.add(arrival);
        most = Math.max(most, link.size());
        return Firewall.Fate.after(Duration.ofNanos(arrival - now));
    }
}
