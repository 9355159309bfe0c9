package org.goaway.protocol.weak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.goaway.protocol.Changes;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;
import org.goaway.protocol.kit.LocalCluster;

/**
 * Members with weak objects in a simulated cluster, what clients do with them and what must hold meanwhile: versions never
 * go back, reads see own sets, nothing is read that nobody set, sync keeps its promise. What must hold at the end is
 * {@link #checkSame}.
 */
final class WeakMembers {

    /** A protocol as the cluster sees it, perhaps not quite as it should be. */
    private record Member(Protocol inputs, Weak weak, Set<MemberId> everGone, Runnable observe) implements Protocol {
        @Override
        public boolean isSynced() {
            return weak.isSynced();
        }

        @Override
        public void onMessage(MemberId from, Message message) {
            inputs.onMessage(from, message);
            observe.run();
        }

        @Override
        public void onEpoch(Epoch epoch) {
            observe.run();
            inputs.onEpoch(epoch);
            observe.run();
        }

        @Override
        public void onGone(MemberId member) {
            everGone.add(member);
            inputs.onGone(member);
        }

        @Override
        public void onTick(long nanos) {
            inputs.onTick(nanos);
            observe.run();
        }
    }

    /** What was seen last in a cell. */
    private record Seen(WeakVersion version, boolean removed) {}

    private record Field(ObjectId object, String field) {}

    private record Cell(MemberId member, ObjectId object, String field) {}

    static final List<ObjectId> OBJECTS = List.of(object("o"), object("p"));
    static final List<String> FIELDS = List.of("a", "b", "c");

    private final LocalCluster cluster;
    private final Random random;
    private final WeakParts parts;
    private final Map<MemberId, Weak> members = new HashMap<>();
    private final Map<MemberId, Set<MemberId>> everGone = new HashMap<>();
    private final Set<Value> everSet = new HashSet<>();
    private final Map<Cell, Seen> seen = new HashMap<>();
    /** The highest removal that a member has forgotten which was never out. */
    private final Map<Field, WeakVersion> forgotten = new HashMap<>();

    /** The same, of any member. */
    private final Map<Field, WeakVersion> forgottenSomewhere = new HashMap<>();

    private final Stints stints;
    private final Map<Cell, Value> told = new HashMap<>();
    private final Map<CompletableFuture<Void>, MemberId> syncs = new HashMap<>();

    WeakMembers(LocalCluster cluster, WeakParts parts) {
        this.cluster = cluster;
        this.random = cluster.random();
        this.parts = parts;
        this.stints = new Stints(cluster);
        cluster.install(this::member);
    }

    private Member member(MemberId self, Transport transport, Clock clock) {
        Executor loop = action -> cluster.onLoop(self, action);
        Changes changes = (object, field, value) -> told.put(new Cell(self, object, field), value);
        Weak weak = new Weak(
                self, parts.sending(self, transport), clock, changes, loop, WeakParts.LIMITS, parts.copies(self));
        members.put(self, weak);
        return new Member(
                parts.inputs(self, weak),
                weak,
                everGone.computeIfAbsent(self, id -> new HashSet<>()),
                () -> observe(self));
    }

    Weak weak(MemberId member) {
        return members.get(member);
    }

    /** Begins one of the things that programs do; completed when it has ended in whatever way. */
    CompletableFuture<Void> operate(MemberId member) {
        observe();
        ObjectId object = any(OBJECTS);
        Weak weak = members.get(member);
        int what = random.nextInt(20);
        if (what < 5) {
            return sync(member, object).handle((nothing, failure) -> null);
        }
        if (what == 5) {
            clear(member, object);
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
        stints.made(replica.version(field));
        assertThat(replica.get(field)).as("own read of %s at %s", field, member).isEqualTo(value);
        assertThat(before == null || replica.version(field).compareTo(before) > 0)
                .as("own version of %s at %s rises", field, member)
                .isTrue();
    }

    private void clear(MemberId member, ObjectId object) {
        Weak weak = members.get(member);
        weak.clear(object);
        for (String field : FIELDS) {
            WeakVersion version = weak.replica(object).version(field);
            if (version != null) {
                stints.made(version);
            }
        }
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
        Map<MemberId, Long> promised = left(member);
        CompletableFuture<Void> checked = members.get(member).sync(object).thenRun(() -> {
            Map<MemberId, Long> still = left(member);
            Map<MemberId, Long> agreed = cluster.register().agreed().joined();
            promised.forEach((other, joined) -> {
                // Who was out, perhaps unknown here, comes to have it again.
                if (joined.equals(still.get(other)) && joined.equals(agreed.get(other))) {
                    mine.forEach((field, version) -> has(other, object, field, version));
                }
            });
        });
        syncs.put(checked, member);
        return checked;
    }

    /** Those whose part in a sync is checked: who was thought gone or dropped in between may have been left out. */
    private Map<MemberId, Long> left(MemberId at) {
        if (cluster.known(at) == 0) {
            return Map.of();
        }
        Map<MemberId, Long> left =
                new HashMap<>(cluster.register().epoch(cluster.known(at)).joined());
        left.keySet().removeAll(everGone.get(at));
        return left;
    }

    private void has(MemberId member, ObjectId object, String field, WeakVersion version) {
        WeakVersion there = members.get(member).replica(object).version(field);
        WeakVersion removal = forgottenSomewhere.get(new Field(object, field));
        boolean removed = removal != null && removal.compareTo(version) >= 0;
        assertThat(removed || (there != null && there.compareTo(version) >= 0))
                .as("%s has %s of %s after sync, it has %s", member, version, field, there)
                .isTrue();
    }

    /** Looks at all replicas: versions do not go back, values come from somebody. */
    void observe() {
        cluster.members().forEach(this::observe);
    }

    private void observe(MemberId member) {
        stints.observe();
        for (ObjectId object : OBJECTS) {
            for (String field : FIELDS) {
                observe(new Cell(member, object, field));
            }
        }
    }

    private void observe(Cell cell) {
        Replica replica = members.get(cell.member).replica(cell.object);
        WeakVersion now = replica.version(cell.field);
        Value value = replica.get(cell.field);
        Seen before = now == null ? seen.remove(cell) : seen.put(cell, new Seen(now, value == null));
        if (before == null ? now == null : before.version.equals(now)) {
            return;
        }
        Field field = new Field(cell.object, cell.field);
        boolean forgot = now == null && before.removed;
        if (forgot) {
            forgottenSomewhere.merge(field, before.version, WeakMembers::higher);
        }
        if (!stints.wasOut(cell.member)) {
            assertThat(before == null || forgot || (now != null && now.compareTo(before.version) >= 0))
                    .as("%s goes on from %s to %s", cell, before, now)
                    .isTrue();
            if (forgot) {
                forgotten.merge(field, before.version, WeakMembers::higher);
            }
        }
        assertThat(value == null || everSet.contains(value))
                .as("somebody set %s", value)
                .isTrue();
        WeakVersion removal = stints.isOut(cell.member) ? null : forgotten.get(field);
        assertThat(value == null || removal == null || now.compareTo(removal) > 0 || stints.isUnknown(now))
                .as("%s has %s, which is older than the forgotten removal %s", cell, now, removal)
                .isTrue();
    }

    private static WeakVersion higher(WeakVersion one, WeakVersion other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** All tombstones are gone at all that live and are in. */
    void checkNoTombstones() {
        for (MemberId member : cluster.members()) {
            if (!cluster.crashed(member)) {
                for (ObjectId object : OBJECTS) {
                    Replica replica = members.get(member).replica(object);
                    assertThat(replica.versioned())
                            .as("what %s remembers of %s", member, object)
                            .isEqualTo(replica.fields());
                }
            }
        }
    }

    /** Whether all syncs of members that live have ended. */
    boolean allSyncsEnded() {
        return syncs.entrySet().stream().allMatch(sync -> sync.getKey().isDone() || cluster.crashed(sync.getValue()));
    }

    /** No sync has broken its promise; one without a majority may have said so. */
    void checkSyncs() {
        for (CompletableFuture<Void> sync : syncs.keySet()) {
            if (sync.isCompletedExceptionally()) {
                assertThatThrownBy(sync::join).cause().isInstanceOf(ProtocolException.class);
            }
        }
    }

    /** All that live are equal, and so is what their listeners heard last; nothing waits. */
    void checkSame() {
        observe();
        List<MemberId> live = new ArrayList<>(cluster.members());
        live.removeIf(cluster::crashed);
        for (MemberId member : live) {
            for (ObjectId object : OBJECTS) {
                FIELDS.forEach(field -> checkSame(live.get(0), new Cell(member, object, field)));
            }
            assertThat(members.get(member).room()).as("room at %s", member).isDone();
        }
    }

    private void checkSame(MemberId first, Cell cell) {
        Replica one = members.get(first).replica(cell.object);
        Replica other = members.get(cell.member).replica(cell.object);
        if (one.get(cell.field) != null) {
            assertThat(other.version(cell.field)).as("version of %s", cell).isEqualTo(one.version(cell.field));
        }
        assertThat(other.get(cell.field)).as("value of %s", cell).isEqualTo(one.get(cell.field));
        assertThat(told.get(cell)).as("last change told of %s", cell).isEqualTo(other.get(cell.field));
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
