package org.goaway.protocol.fastread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Answer.Result;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.Value;
import org.goaway.protocol.kit.History;
import org.goaway.protocol.kit.LinearizabilityChecker;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.ObjectModel;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.kit.ShortNumbers;

/** One seed's cluster with clients that use fast-read objects in every way, and what must hold of it. */
final class FastReadSimulation {

    private static final List<ObjectId> OBJECTS =
            List.of(new ObjectId(ObjectId.Kind.FAST_READ, "a"), new ObjectId(ObjectId.Kind.FAST_READ, "b"));
    private static final List<String> FIELDS = List.of("x", "y");
    private static final int OPERATIONS = 8;
    private static final Duration THINK = Duration.ofMillis(40);

    final LocalCluster cluster;
    private final Map<MemberId, FastRead> members;
    private final Random random;
    private final History history;
    private final List<Worker> workers = new ArrayList<>();
    /** Clearing concerns all fields at once: such a run is checked by object, and has to be small. */
    private final boolean clears;

    private long unique;

    /** Something that a member's application waits for. */
    private record Worker(MemberId member, CompletableFuture<?> done) {}

    FastReadSimulation(int size, Seeds.Run run, LocalCluster.Factory<FastRead> factory) {
        cluster = new LocalCluster(size, run.seed());
        members = cluster.install(factory);
        random = cluster.random();
        history = new History(cluster::now);
        clears = size <= 3 && random.nextInt(3) == 0;
        run.show(cluster);
        run.show(history);
    }

    /** Makes the network as bad as the seed says, and lets members pause. */
    FastReadSimulation trouble() {
        cluster.firewall()
                .loss(random.nextInt(4) * 0.08)
                .repetition(random.nextInt(4) * 0.1)
                .delay(Duration.ofMillis(1), Duration.ofMillis(2 + random.nextInt(60)));
        for (int pauses = random.nextInt(4); pauses > 0; pauses--) {
            MemberId member = anyMember();
            Duration length = Duration.ofMillis(random.nextInt(600));
            cluster.after(Duration.ofMillis(random.nextInt(600)), () -> cluster.pause(member, length));
        }
        return this;
    }

    /** Starts two clients at each member, and a thread that reads without the loop. */
    FastReadSimulation work() {
        for (MemberId member : cluster.members()) {
            for (String name : List.of(member + "a", member + "b")) {
                Map<String, Entry> seen = new HashMap<>();
                CompletableFuture<Void> done =
                        cluster.client(member, OPERATIONS, THINK, number -> anything(name, member, seen));
                workers.add(new Worker(member, done));
            }
            readNext(member, 0);
        }
        return this;
    }

    /** All operations end while the network is bad; then it heals and everything comes to rest, equal everywhere. */
    void shouldComeToRest() {
        assertThat(cluster.runUntil(this::ended, Duration.ofMinutes(3)))
                .as("all operations ended")
                .isTrue();
        cluster.firewall().heal();
        assertThat(cluster.runUntil(this::equal, Duration.ofSeconds(10)))
                .as(
                        "all replicas are VALID and equal: %s",
                        members.values().stream()
                                .flatMap(member -> OBJECTS.stream().map(member::replica))
                                .toList())
                .isTrue();
    }

    void shouldBeLinearizable() {
        LinearizabilityChecker.assertLinearizable(history, new ObjectModel(new ShortNumbers()));
    }

    /** Whether all clients that live have ended their work. */
    boolean ended() {
        return workers.stream().allMatch(worker -> worker.done.isDone() || cluster.crashed(worker.member));
    }

    private boolean equal() {
        for (ObjectId object : OBJECTS) {
            for (String field : FIELDS) {
                List<Entry> entries = members.values().stream()
                        .map(member -> member.replica(object).present(field))
                        .distinct()
                        .toList();
                if (entries.size() > 1 || !entries.get(0).valid()) {
                    return false;
                }
            }
        }
        return true;
    }

    private CompletableFuture<?> anything(String client, MemberId member, Map<String, Entry> seen) {
        ObjectId object = OBJECTS.get(random.nextInt(OBJECTS.size()));
        String field = FIELDS.get(random.nextInt(FIELDS.size()));
        Entry known = seen.getOrDefault(object + field, Entry.ABSENT);
        return switch (random.nextInt(8)) {
            case 0 -> write(client, member, object, new Operation.Set(field, anyValue()));
            case 1 -> write(client, member, object, new Operation.CompareAndSet(field, known.value(), anyValue()));
            case 2 -> write(client, member, object, new Operation.Add(field, ++unique));
            case 3 ->
                read(client, member, object, field).thenCompose(entry -> update(client, member, object, field, entry));
            case 4 ->
                CompletableFuture.allOf(
                        write(client, member, object, new Operation.Set(field, anyValue())),
                        write(client, member, object, new Operation.Add(field, ++unique)),
                        write(client, member, object, new Operation.Set(field, anyValue())));
            case 5 -> write(client, member, object, clears ? new Operation.Clear() : new Operation.Set(field, null));
            default ->
                read(client, member, object, field).whenComplete((entry, failure) -> {
                    if (entry != null) {
                        seen.put(object + field, entry);
                    }
                });
        };
    }

    /** Adds something by reading and setting if nobody was faster, again and again. */
    private CompletableFuture<Answer> update(
            String client, MemberId member, ObjectId object, String field, Entry known) {
        Value next = known.value() == null
                ? anyValue()
                : ShortNumbers.value(new ShortNumbers().read(known.value()).orElseThrow() + ++unique);
        return write(client, member, object, new Operation.SetIf(field, known.version(), next))
                .thenCompose(answer -> answer.result() == Result.DONE
                        ? CompletableFuture.completedFuture(answer)
                        : update(client, member, object, field, valid(answer)));
    }

    private static Entry valid(Answer answer) {
        return new Entry(answer.version(), answer.value(), Entry.State.VALID);
    }

    private CompletableFuture<Answer> write(String client, MemberId member, ObjectId object, Operation operation) {
        int call = history.invoke(client, key(object, operation.field()), operation);
        return record(call, members.get(member).write(object, operation), answer -> answer);
    }

    private CompletableFuture<Entry> read(String client, MemberId member, ObjectId object, String field) {
        int call = history.invoke(client, key(object, field), new ObjectModel.Read(field));
        return record(call, members.get(member).readable(object, field), FastReadSimulation::answer);
    }

    /** An application's thread: what it finds VALID it returns, paused loop or not. */
    private void readNext(MemberId member, int number) {
        cluster.after(Duration.ofMillis(random.nextInt(50)), () -> {
            if (number == 2 * OPERATIONS || cluster.crashed(member)) {
                return;
            }
            ObjectId object = OBJECTS.get(random.nextInt(OBJECTS.size()));
            String field = FIELDS.get(random.nextInt(FIELDS.size()));
            int call = history.invoke(member + "r", key(object, field), new ObjectModel.Read(field));
            Entry entry = members.get(member).replica(object).present(field);
            if (entry.valid()) {
                history.returned(call, answer(entry));
                readNext(member, number + 1);
            } else {
                cluster.onLoop(member, () -> {
                    CompletableFuture<Entry> readable = members.get(member).readable(object, field);
                    CompletableFuture<Entry> recorded = record(call, readable, FastReadSimulation::answer);
                    workers.add(new Worker(member, recorded));
                    then(recorded, () -> readNext(member, number + 1));
                });
            }
        });
    }

    private <T> CompletableFuture<T> record(int call, CompletableFuture<T> future, Function<T, Answer> shown) {
        return future.whenComplete((result, failure) -> {
            if (failure == null) {
                history.returned(call, shown.apply(result));
            } else if (((ProtocolException) failure).outcome() == Outcome.NOT_DONE) {
                history.notDone(call);
            } else {
                history.unknown(call);
            }
        });
    }

    private static void then(CompletionStage<?> stage, Runnable next) {
        stage.whenComplete((result, failure) -> next.run());
    }

    private static Answer answer(Entry entry) {
        return new Answer(Result.DONE, entry.version(), entry.value());
    }

    private String key(ObjectId object, String field) {
        return clears ? object.name() : object.name() + "." + field;
    }

    private Value anyValue() {
        return ShortNumbers.value(1000 * ++unique);
    }

    MemberId anyMember() {
        return cluster.members().get(random.nextInt(cluster.members().size()));
    }
}
