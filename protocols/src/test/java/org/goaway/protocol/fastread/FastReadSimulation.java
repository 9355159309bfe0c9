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
import java.util.function.Consumer;
import java.util.function.Function;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Answer.Result;
import org.goaway.protocol.Fence;
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

    private static final List<ObjectId> OBJECTS = List.of(object("a"), object("b"));
    private static final List<String> FIELDS = List.of("x", "y");
    private static final ObjectId GUARDED = object("g");
    private static final ObjectId LOCK = new ObjectId(ObjectId.Kind.LOCK, "lock");
    private static final int OPERATIONS = 8;
    private static final int OPERATIONS_WITH_CLEARS = 5;
    private static final Duration THINK = Duration.ofMillis(80);

    final LocalCluster cluster;
    private final Map<MemberId, FastRead> members;
    private final Random random;
    private final ThreadPauses threads;
    private final History history;
    private final History guarded;
    private final List<Worker> workers = new ArrayList<>();
    /** Clearing concerns all fields at once: such a run is checked by object, and has to be small. */
    private final boolean clears;

    private long unique;
    private long token = 1;

    /** Something that a member's application waits for. */
    private record Worker(MemberId member, CompletableFuture<?> done) {}

    FastReadSimulation(int size, Seeds.Run run, Assembly.Factory factory) {
        cluster = new LocalCluster(size, run.seed());
        random = cluster.random();
        threads = new ThreadPauses(cluster);
        members = cluster.install((self, transport, clock) -> factory.of(new Assembly.Member(
                        self,
                        transport,
                        clock,
                        threads.pausing(cluster.register().lease(self))))
                .build());
        history = new History(cluster::now);
        guarded = new History(cluster::now);
        clears = size <= 3 && random.nextInt(4) == 0;
        run.show(cluster);
        run.show(history);
        run.show(guarded);
    }

    /** Makes things as bad as {@code kind} says. */
    FastReadSimulation trouble(Consumer<Trouble> kind) {
        kind.accept(new Trouble(cluster, this::work));
        return this;
    }

    /** Starts clients at each member, and a thread that reads without the loop. */
    FastReadSimulation work() {
        cluster.members().forEach(this::work);
        return this;
    }

    private void work(MemberId member) {
        List<String> names = cluster.members().size() > 3 ? List.of(member + "a") : List.of(member + "a", member + "b");
        for (String name : names) {
            Map<String, Entry> seen = new HashMap<>();
            workers.add(new Worker(
                    member, cluster.client(member, operations(), THINK, number -> anything(name, member, seen))));
        }
        readNext(member, 0);
    }

    /**
     * When the trouble is over and all that live are members, everything comes to rest: all operations end, all copies are
     * complete, VALID and equal.
     */
    FastReadSimulation shouldComeToRest() {
        cluster.run(Trouble.LENGTH);
        cluster.firewall().heal();
        cluster.register().settle();
        assertThat(cluster.runUntil(this::rests, Duration.ofMinutes(1)))
                .as(
                        "all operations ended, and all replicas are VALID and equal: %s",
                        members.values().stream()
                                .flatMap(member -> OBJECTS.stream().map(member::replica))
                                .toList())
                .isTrue();
        for (MemberId member : living()) {
            for (ObjectId object : OBJECTS) {
                for (String field : FIELDS) {
                    assertThat(read(member + "z", member, object, field)).isCompleted();
                }
            }
            assertThat(readGuarded(member + "z", member)).isCompleted();
            assertThat(OBJECTS)
                    .allSatisfy(object -> assertSizeIsRight(members.get(member).replica(object)));
        }
        return this;
    }

    /**
     * Fails if the history is not linearizable.
     *
     * @return false if that could not be decided: with many outcomes that nobody knows, there are too many orders
     */
    boolean shouldBeLinearizable() {
        LinearizabilityChecker.assertLinearizable(guarded, new Guarded());
        try {
            LinearizabilityChecker.assertLinearizable(history, new ObjectModel(new ShortNumbers()));
            return true;
        } catch (IllegalStateException undecided) {
            return false;
        }
    }

    private boolean rests() {
        return workers.stream().allMatch(worker -> worker.done.isDone() || cluster.crashed(worker.member))
                && living().stream().allMatch(this::ready)
                && OBJECTS.stream().allMatch(this::equal)
                && equal(GUARDED);
    }

    private boolean ready(MemberId member) {
        return members.get(member).isSynced()
                && cluster.known(member) == cluster.register().agreed().number();
    }

    private List<MemberId> living() {
        return cluster.members().stream()
                .filter(member -> !cluster.crashed(member))
                .toList();
    }

    private boolean equal(ObjectId object) {
        List<Contents> contents = living().stream()
                .map(member -> members.get(member).replica(object).contents())
                .map(one ->
                        new Contents(one.object(), one.version(), one.valid(), one.fields(), List.of(), one.fences()))
                .distinct()
                .toList();
        return contents.size() == 1 && contents.get(0).valid();
    }

    private static void assertSizeIsRight(Replica replica) {
        assertThat(replica.size())
                .isEqualTo(replica.contents().fields().stream()
                        .mapToLong(field -> Entry.sizeOf(field.name(), field.value()))
                        .sum());
    }

    private CompletableFuture<?> anything(String client, MemberId member, Map<String, Entry> seen) {
        ObjectId object = OBJECTS.get(random.nextInt(OBJECTS.size()));
        String field = FIELDS.get(random.nextInt(FIELDS.size()));
        Entry known = seen.getOrDefault(object + field, Entry.ABSENT);
        return switch (random.nextInt(9)) {
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
            case 6 -> random.nextBoolean() ? writeGuarded(client, member) : readGuarded(client, member);
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
        return record(history, call, members.get(member).write(object, operation), FastReadSimulation::shown);
    }

    private CompletableFuture<Entry> read(String client, MemberId member, ObjectId object, String field) {
        int call = history.invoke(client, key(object, field), new ObjectModel.Read(field));
        return record(history, call, members.get(member).readable(object, field), FastReadSimulation::answer);
    }

    /** A write under a lock: by the newest holder, by one that has just got it, or by one that lost it without noticing. */
    private CompletableFuture<Answer> writeGuarded(String client, MemberId member) {
        token += random.nextInt(2);
        Guarded.Write write = new Guarded.Write(anyValue(), Math.max(1, token - random.nextInt(3)));
        int call = guarded.invoke(client, "g", write);
        Operation set = new Operation.Set("f", write.value());
        return record(
                guarded,
                call,
                members.get(member).write(GUARDED, set, new Fence(LOCK, write.token())),
                answer -> answer);
    }

    private CompletableFuture<Entry> readGuarded(String client, MemberId member) {
        int call = guarded.invoke(client, "g", new Guarded.Read());
        return record(guarded, call, members.get(member).readable(GUARDED, "f"), Entry::value);
    }

    /** An application's thread: what it finds readable it returns, paused loop or not. */
    private void readNext(MemberId member, int number) {
        cluster.after(Duration.ofMillis(random.nextInt(100)), () -> {
            if (number == 2 * operations() || cluster.crashed(member)) {
                return;
            }
            ObjectId object = OBJECTS.get(random.nextInt(OBJECTS.size()));
            String field = FIELDS.get(random.nextInt(FIELDS.size()));
            int call = history.invoke(member + "r", key(object, field), new ObjectModel.Read(field));
            Entry entry = threads.run(() -> members.get(member).replica(object).read(field));
            if (cluster.crashed(member)) {
                return;
            }
            if (entry != null) {
                history.returned(call, answer(entry));
                readNext(member, number + 1);
            } else {
                cluster.onLoop(member, () -> {
                    CompletableFuture<Entry> readable = members.get(member).readable(object, field);
                    CompletableFuture<Entry> recorded = record(history, call, readable, FastReadSimulation::answer);
                    workers.add(new Worker(member, recorded));
                    then(recorded, () -> readNext(member, number + 1));
                });
            }
        });
    }

    private static <T> CompletableFuture<T> record(
            History to, int call, CompletableFuture<T> future, Function<T, Object> shown) {
        return future.whenComplete((result, failure) -> {
            if (failure == null) {
                to.returned(call, shown.apply(result));
            } else if (((ProtocolException) failure).outcome() == Outcome.NOT_DONE) {
                to.notDone(call);
            } else {
                to.unknown(call);
            }
        });
    }

    private static void then(CompletionStage<?> stage, Runnable next) {
        stage.whenComplete((result, failure) -> next.run());
    }

    private static Answer answer(Entry entry) {
        return shown(new Answer(Result.DONE, entry.version(), entry.value()));
    }

    /** What is absent has a version that may be forgotten some time: it says nothing. */
    private static Answer shown(Answer answer) {
        return answer.value() == null ? new Answer(answer.result(), null, null) : answer;
    }

    private int operations() {
        return clears ? OPERATIONS_WITH_CLEARS : OPERATIONS;
    }

    private String key(ObjectId object, String field) {
        return clears ? object.name() : object.name() + "." + field;
    }

    private Value anyValue() {
        return ShortNumbers.value(1000 * ++unique);
    }

    private static ObjectId object(String name) {
        return new ObjectId(ObjectId.Kind.FAST_READ, name);
    }
}
