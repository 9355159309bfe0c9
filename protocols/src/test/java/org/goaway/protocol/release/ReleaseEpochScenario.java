package org.goaway.protocol.release;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Changes;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.kit.Upheaval;
import org.goaway.protocol.release.ReleaseEpochChecker.Seen;

/**
 * Members come and go while clients enter sections of two objects, write some of their fields and readers look at all copies.
 * In the end all that live must have come to their end, be synced and have the same copies.
 */
final class ReleaseEpochScenario {

    private static final List<ObjectId> OBJECTS =
            List.of(new ObjectId(ObjectId.Kind.RELEASE, "a"), new ObjectId(ObjectId.Kind.RELEASE, "b"));
    private static final int OPERATIONS = 8;
    private static final Duration THINK = Duration.ofMillis(250);

    private final LocalCluster cluster;
    private final Random random;
    private final ReleaseEpochChecker checker = new ReleaseEpochChecker(this::stays);
    private final Map<MemberId, Map<ObjectId, Map<String, Value>>> told = new HashMap<>();
    private final Map<MemberId, Release> releases;
    private final Map<CompletableFuture<Void>, MemberId> clients = new LinkedHashMap<>();
    private final SomeFields fields;

    private ReleaseEpochScenario(Seeds.Run run, int size, ReleaseParts parts) {
        cluster = run.show(new LocalCluster(size, run.seed()));
        run.show(checker);
        random = cluster.random();
        fields = new SomeFields(random);
        releases = parts.install(
                cluster,
                cluster.register()::lease,
                this::remember,
                member -> (object, token) -> checker.onLost(member, object, token));
    }

    /** Runs one seed and checks what came of it. */
    static void run(Seeds.Run run, int size, ReleaseParts parts) {
        ReleaseEpochScenario scenario = new ReleaseEpochScenario(run, size, parts);
        try {
            scenario.run();
        } catch (IllegalStateException | IllegalArgumentException misled) {
            scenario.checker.throwIfWrong();
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
        cluster.members().forEach(this::begin);
        new Upheaval(cluster).onJoin(this::begin).begin();
        for (int read = 0; read < 60; read++) {
            cluster.after(upTo(3_000), this::read);
        }
        cluster.run(Duration.ofMillis(2_100));
        boolean ended = cluster.runUntil(() -> checker.isWrong() || allEnded(), Duration.ofSeconds(60));
        checker.throwIfWrong();
        if (!ended) {
            throw new AssertionError("someone still waits");
        }
        cluster.run(Duration.ofSeconds(8));
        checkEnd();
        checker.throwIfWrong();
    }

    private boolean allEnded() {
        return clients.entrySet().stream()
                .allMatch(client -> client.getKey().isDone() || cluster.crashed(client.getValue()));
    }

    private void checkEnd() {
        List<MemberId> live = cluster.members().stream()
                .filter(member -> !cluster.crashed(member))
                .toList();
        for (MemberId member : live) {
            checker.require(releases.get(member).isSynced(), member + " is not synced in the end");
            for (ObjectId object : OBJECTS) {
                Copy copy = releases.get(member).replica().copy(object);
                Copy first = releases.get(live.get(0)).replica().copy(object);
                checker.require(copy.equals(first), "in the end " + member + " has " + copy + ", not " + first);
                Map<String, Value> heard = told.get(member).get(object);
                checker.require(copy.fields().equals(heard), member + " was told of " + heard + ", not of " + copy);
                checker.onRead(member, object, copy);
                checker.onLast(object, copy);
            }
        }
    }

    private void begin(MemberId member) {
        clients.put(cluster.client(member, OPERATIONS, THINK, number -> section(member)), member);
        clients.put(cluster.client(member, OPERATIONS, THINK, number -> section(member)), member);
    }

    private void read() {
        MemberId member = cluster.members().get(random.nextInt(cluster.members().size()));
        OBJECTS.forEach(object ->
                checker.onRead(member, object, releases.get(member).replica().copy(object)));
    }

    private CompletableFuture<Void> section(MemberId member) {
        ObjectId object = OBJECTS.get(random.nextInt(OBJECTS.size()));
        Release release = releases.get(member);
        Entering entering = release.acquire(object, "client on " + member);
        if (random.nextInt(6) == 0) {
            later(member, 200, () -> release.cancel(entering));
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        var unused = entering.section().whenComplete((section, failure) -> {
            if (failure != null) {
                done.complete(null);
                return;
            }
            Long stint = cluster.register().agreed().joined().get(member);
            Seen seen = new Seen(member, object, section.token(), section.base(), stint == null ? 0 : stint);
            checker.onEntered(seen, release.replica().copy(object).fields());
            compareWithOthers(seen);
            later(member, random.nextInt(8) == 0 ? 600 : 10, () -> {
                leave(seen);
                done.complete(null);
            });
        });
        return done;
    }

    private void compareWithOthers(Seen seen) {
        for (MemberId other : cluster.members()) {
            if (!cluster.crashed(other) && cluster.known(other) == cluster.known(seen.member())) {
                checker.onOther(seen, other, releases.get(other).replica().version(seen.object()));
            }
        }
    }

    private void leave(Seen seen) {
        if (checker.isOpen(seen)) {
            Long stint = cluster.register().agreed().joined().get(seen.member());
            checker.require(
                    stays(seen) || stint == null || cluster.known(seen.member()) < stint,
                    "not told of the loss of " + seen);
            Release release = releases.get(seen.member());
            Copy copy = release.replica().copy(seen.object());
            Map<String, Value> written = fields.next(copy);
            checker.onReleased(seen, written);
            release.release(seen.object(), seen.token(), SomeFields.changes(copy, written));
            if (random.nextInt(3) == 0) {
                flush(seen, release);
            }
        }
    }

    private void flush(Seen seen, Release release) {
        var unused = release.flush(seen.object()).thenRun(() -> {
            checker.onStable(seen);
            for (MemberId other : cluster.members()) {
                if (!cluster.crashed(other) && cluster.known(other) == cluster.known(seen.member())) {
                    checker.onFlushed(seen, other, releases.get(other).replica().version(seen.object()));
                }
            }
        });
    }

    /** Whether the section's member has not been dropped since; a crashed one may be, and then its releases may be lost. */
    private boolean stays(Seen section) {
        return !cluster.crashed(section.member())
                && Long.valueOf(section.stint())
                        .equals(cluster.register().agreed().joined().get(section.member()));
    }

    private void later(MemberId member, int milliseconds, Runnable action) {
        cluster.after(upTo(milliseconds), () -> cluster.onLoop(member, action));
    }

    private Duration upTo(int milliseconds) {
        return Duration.ofNanos((long) (random.nextDouble() * milliseconds * 1_000_000));
    }
}
