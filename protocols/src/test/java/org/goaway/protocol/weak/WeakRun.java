package org.goaway.protocol.weak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.goaway.protocol.Changes;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;
import org.goaway.protocol.kit.LocalCluster;

/**
 * One simulated run of weak objects under faults, with its checks: versions never go back, reads see own sets, nothing
 * is read that nobody set, sync keeps its promise, listeners and replicas end up the same everywhere after a heal.
 */
final class WeakRun {

    /** How the members of a run are made; a wrong member is made here and nowhere else. */
    record Parts(
            Function<MemberId, Copies> copies,
            Function<Transport, Transport> transport,
            Function<Weak, Protocol> inputs) {

        static final Parts REAL = new Parts(WeakRun::copies, transport -> transport, weak -> weak);
    }

    /** A protocol as the cluster sees it, perhaps not quite as it should be. */
    private record Member(Protocol inputs, Set<MemberId> everGone) implements Protocol {
        @Override
        public void onMessage(MemberId from, Message message) {
            inputs.onMessage(from, message);
        }

        @Override
        public void onEpoch(Epoch epoch) {
            inputs.onEpoch(epoch);
        }

        @Override
        public void onGone(MemberId member) {
            everGone.add(member);
            inputs.onGone(member);
        }

        @Override
        public void onTick(long nanos) {
            inputs.onTick(nanos);
        }
    }

    private record Cell(MemberId member, ObjectId object, String field) {}

    private static final Limits LIMITS = new Limits(200, 600, 2_000);
    private static final int OPERATIONS = 12;
    private static final List<ObjectId> OBJECTS = List.of(object("o"), object("p"));
    private static final List<String> FIELDS = List.of("a", "b", "c");

    private final LocalCluster cluster;
    private final Random random;
    private final Map<MemberId, Weak> members = new HashMap<>();
    private final Map<MemberId, Set<MemberId>> everGone = new HashMap<>();
    private final Set<Value> everSet = new HashSet<>();
    private final Map<Cell, WeakVersion> seen = new HashMap<>();
    private final Map<Cell, Value> told = new HashMap<>();
    private final List<CompletableFuture<Void>> clients = new ArrayList<>();
    private final List<CompletableFuture<Void>> syncs = new ArrayList<>();

    WeakRun(int size, long seed, Parts parts) {
        cluster = new LocalCluster(size, seed);
        random = cluster.random();
        cluster.install((self, transport, clock) -> member(self, parts, transport, clock));
    }

    LocalCluster cluster() {
        return cluster;
    }

    private Member member(MemberId self, Parts parts, Transport transport, Clock clock) {
        Executor loop = action -> cluster.onLoop(self, action);
        Changes changes = (object, field, value) -> told.put(new Cell(self, object, field), value);
        Weak weak = new Weak(
                self, parts.transport.apply(transport), clock, changes, loop, LIMITS, parts.copies.apply(self));
        members.put(self, weak);
        return new Member(parts.inputs.apply(weak), everGone.computeIfAbsent(self, id -> new HashSet<>()));
    }

    static Copies copies(MemberId self) {
        return new Copies(self, LIMITS.load());
    }

    /** Faults while clients work, then a heal, then all that must hold at the end. */
    void run() {
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
            clients.add(cluster.client(member, OPERATIONS, Duration.ofMillis(30), number -> operate(member)));
        }
        cluster.runUntil(() -> clients.stream().allMatch(CompletableFuture::isDone), Duration.ofSeconds(20));
        cluster.firewall().heal();
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
                cluster.onLoop(other, () -> members.get(other).onBack(lonely));
                cluster.onLoop(lonely, () -> members.get(lonely).onBack(other));
            });
        });
    }

    private CompletableFuture<Void> operate(MemberId member) {
        observe();
        ObjectId object = any(OBJECTS);
        Weak weak = members.get(member);
        int what = random.nextInt(20);
        if (what < 5) {
            return sync(member, object);
        }
        if (what == 5) {
            weak.clear(object);
            return weak.room();
        }
        String field = any(FIELDS);
        set(member, object, field, what < 8 ? null : value(everSet.size(), random.nextInt(120)));
        return weak.room();
    }

    void set(MemberId member, ObjectId object, String field, Value value) {
        Replica replica = members.get(member).replica(object);
        WeakVersion before = replica.version(field);
        everSet.add(value);
        members.get(member).set(object, field, value);
        assertThat(replica.get(field)).as("own read of %s at %s", field, member).isEqualTo(value);
        assertThat(before == null || replica.version(field).compareTo(before) > 0)
                .as("own version of %s at %s rises", field, member)
                .isTrue();
    }

    CompletableFuture<Void> sync(MemberId member, ObjectId object) {
        Map<String, WeakVersion> mine = new HashMap<>();
        Replica replica = members.get(member).replica(object);
        for (String field : FIELDS) {
            WeakVersion version = replica.version(field);
            if (version != null && version.writer().equals(member)) {
                mine.put(field, version);
            }
        }
        CompletableFuture<Void> promise = members.get(member).sync(object);
        Set<MemberId> promised = left(member);
        CompletableFuture<Void> checked = promise.handle((nothing, failure) -> {
            if (failure == null) {
                promised.retainAll(left(member));
                promised.forEach(other -> mine.forEach((field, version) -> has(other, object, field, version)));
            }
            return null;
        });
        syncs.add(checked);
        return checked;
    }

    /** Those whose part in a sync is checked: who was thought gone in between may have been left out. */
    private Set<MemberId> left(MemberId at) {
        Set<MemberId> left = new HashSet<>(cluster.members());
        left.removeAll(everGone.get(at));
        return left;
    }

    private void has(MemberId member, ObjectId object, String field, WeakVersion version) {
        WeakVersion there = members.get(member).replica(object).version(field);
        assertThat(there != null && there.compareTo(version) >= 0)
                .as("%s has %s of %s after sync, it has %s", member, version, field, there)
                .isTrue();
    }

    /** Looks at all replicas: versions do not go back, values come from somebody. */
    private void observe() {
        for (MemberId member : cluster.members()) {
            for (ObjectId object : OBJECTS) {
                Replica replica = members.get(member).replica(object);
                for (String field : FIELDS) {
                    Cell cell = new Cell(member, object, field);
                    WeakVersion now = replica.version(field);
                    WeakVersion before = now == null ? seen.get(cell) : seen.put(cell, now);
                    assertThat(before == null || (now != null && now.compareTo(before) >= 0))
                            .as("%s goes on from %s to %s", cell, before, now)
                            .isTrue();
                    Value value = replica.get(field);
                    assertThat(value == null || everSet.contains(value))
                            .as("somebody set %s", value)
                            .isTrue();
                }
            }
        }
    }

    /** After the heal: all syncs end, and then all members are equal, and so is what listeners heard last. */
    private void finish() {
        List<CompletableFuture<Void>> last = new ArrayList<>();
        for (MemberId member : cluster.members()) {
            OBJECTS.forEach(object -> cluster.onLoop(member, () -> last.add(sync(member, object))));
        }
        int expected = cluster.members().size() * OBJECTS.size();
        boolean ended = cluster.runUntil(
                () -> last.size() == expected
                        && last.stream().allMatch(CompletableFuture::isDone)
                        && syncs.stream().allMatch(CompletableFuture::isDone)
                        && clients.stream().allMatch(CompletableFuture::isDone),
                Duration.ofSeconds(30));
        assertThat(ended).as("all syncs and clients end after a heal").isTrue();
        syncs.forEach(sync -> assertThat(sync).as("sync's promise").isCompleted());
        cluster.run(Duration.ofMillis(50));
        observe();
        MemberId first = cluster.members().get(0);
        for (MemberId member : cluster.members()) {
            for (ObjectId object : OBJECTS) {
                for (String field : FIELDS) {
                    assertSame(first, member, object, field);
                }
            }
        }
    }

    private void assertSame(MemberId first, MemberId member, ObjectId object, String field) {
        Replica one = members.get(first).replica(object);
        Replica other = members.get(member).replica(object);
        assertThat(other.version(field))
                .as("version of %s at %s", field, member)
                .isEqualTo(one.version(field));
        assertThat(other.get(field)).as("value of %s at %s", field, member).isEqualTo(one.get(field));
        assertThat(told.get(new Cell(member, object, field)))
                .as("last change of %s told at %s", field, member)
                .isEqualTo(other.get(field));
        assertThat(members.get(member).room()).as("room at %s", member).isDone();
    }

    Value get(MemberId member, ObjectId object, String field) {
        return members.get(member).replica(object).get(field);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    static ObjectId object(String name) {
        return new ObjectId(ObjectId.Kind.WEAK, name);
    }

    static Value value(int number, int length) {
        byte[] bytes = new byte[length + 2];
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >> 8);
        return Value.of(bytes);
    }
}
