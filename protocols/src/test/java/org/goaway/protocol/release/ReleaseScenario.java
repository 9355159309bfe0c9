package org.goaway.protocol.release;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.goaway.protocol.Changes;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.release.ReleaseHistory.Entered;
import org.goaway.protocol.release.ReleaseHistory.Read;
import org.goaway.protocol.release.ReleaseHistory.Released;

/**
 * Two clients on every member enter sections of two objects and write some of their fields; readers look at all copies in
 * between. Messages get lost, late, repeated and out of order and members pause; then all that heals, everything must come
 * to its end and all copies be the same.
 */
final class ReleaseScenario {

    private static final List<ObjectId> OBJECTS =
            List.of(new ObjectId(ObjectId.Kind.RELEASE, "a"), new ObjectId(ObjectId.Kind.RELEASE, "b"));
    private static final int OPERATIONS = 5;
    private static final int READS = 60;

    private final LocalCluster cluster;
    private final Random random;
    private final ReleaseHistory history = new ReleaseHistory();
    private final Map<MemberId, Map<ObjectId, Map<String, Value>>> told = new HashMap<>();
    private final Map<MemberId, Release> releases;
    private final Map<MemberId, CompletableFuture<Void>> clients = new LinkedHashMap<>();
    private final SomeFields fields;

    private ReleaseScenario(Seeds.Run run, int size, ReleaseParts parts) {
        cluster = run.show(new LocalCluster(size, run.seed()));
        run.show(history);
        random = cluster.random();
        fields = new SomeFields(random);
        releases = parts.install(cluster, member -> () -> true, this::remember, member -> (object, token) -> {});
    }

    /** Runs one seed and checks what came of it. */
    static void run(Seeds.Run run, int size, ReleaseParts parts) {
        check(new ReleaseScenario(run, size, parts), ReleaseScenario::run);
    }

    private static void check(ReleaseScenario scenario, Consumer<ReleaseScenario> run) {
        try {
            run.accept(scenario);
        } catch (IllegalStateException | IllegalArgumentException misled) {
            ReleaseChecker.check(scenario.history);
            throw new AssertionError("the protocol contradicted itself", misled);
        }
    }

    private Changes remember(MemberId member) {
        Map<ObjectId, Map<String, Value>> copies = new HashMap<>();
        OBJECTS.forEach(object -> copies.put(object, new HashMap<>()));
        told.put(member, copies);
        return (object, field, value) -> {
            if (value == null) {
                copies.get(object).remove(field);
            } else {
                copies.get(object).put(field, value);
            }
        };
    }

    private void run() {
        begin();
        boolean ended = cluster.runUntil(this::allEnded, Duration.ofSeconds(60));
        cluster.run(Duration.ofSeconds(4));
        ReleaseChecker.check(history);
        requireEnd(ended);
        releases.forEach(this::checkLast);
    }

    private boolean allEnded() {
        return clients.values().stream().allMatch(CompletableFuture::isDone);
    }

    private static void requireEnd(boolean ended) {
        if (!ended) {
            throw new AssertionError("someone still waits");
        }
    }

    private void begin() {
        cluster.firewall()
                .loss(0.2 * random.nextDouble())
                .repetition(0.3 * random.nextDouble())
                .delay(Duration.ZERO, upTo(60));
        for (MemberId member : cluster.members()) {
            clients.put(member, CompletableFuture.allOf(client(member), client(member)));
        }
        for (int pause = 0; pause < 3; pause++) {
            MemberId member = anyMember();
            cluster.after(upTo(1000), () -> cluster.pause(member, upTo(300)));
        }
        for (int read = 0; read < READS; read++) {
            cluster.after(upTo(2000), () -> read(anyMember()));
        }
        cluster.after(Duration.ofSeconds(1), () -> cluster.firewall().heal());
    }

    private CompletableFuture<Void> client(MemberId member) {
        return cluster.client(member, OPERATIONS, Duration.ofMillis(40), number -> section(member));
    }

    private void checkLast(MemberId member, Release release) {
        for (ObjectId object : OBJECTS) {
            ReleaseChecker.checkLast(
                    history, object, member, release.replica().copy(object).fields());
            ReleaseChecker.checkLast(history, object, member, told.get(member).get(object));
        }
    }

    private void read(MemberId member) {
        for (ObjectId object : OBJECTS) {
            history.add(new Read(object, member, releases.get(member).replica().copy(object)));
        }
    }

    private CompletableFuture<Void> section(MemberId member) {
        ObjectId object = OBJECTS.get(random.nextInt(OBJECTS.size()));
        Release release = releases.get(member);
        Entering entering = release.acquire(object, "client on " + member);
        if (random.nextInt(4) == 0) {
            later(member, 60, () -> release.cancel(entering));
        }
        return entering.section()
                .handle((section, failure) -> section)
                .thenCompose(section ->
                        section == null ? CompletableFuture.completedFuture(null) : write(member, object, section));
    }

    private CompletableFuture<Void> write(MemberId member, ObjectId object, Section section) {
        Release release = releases.get(member);
        history.add(new Entered(
                object, section.token(), release.replica().copy(object).fields()));
        CompletableFuture<Void> done = new CompletableFuture<>();
        later(member, 10, () -> {
            Copy copy = release.replica().copy(object);
            Map<String, Value> written = fields.next(copy);
            history.add(new Released(object, section.token(), written));
            release.release(object, section.token(), SomeFields.changes(copy, written));
            done.complete(null);
        });
        return done;
    }

    private MemberId anyMember() {
        return cluster.members().get(random.nextInt(releases.size()));
    }

    private void later(MemberId member, int milliseconds, Runnable action) {
        cluster.after(upTo(milliseconds), () -> cluster.onLoop(member, action));
    }

    private Duration upTo(int milliseconds) {
        return Duration.ofNanos((long) (random.nextDouble() * milliseconds * 1_000_000));
    }
}
