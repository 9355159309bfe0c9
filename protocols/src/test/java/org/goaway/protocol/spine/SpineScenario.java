package org.goaway.protocol.spine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.ReplicatedState;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;
import org.goaway.protocol.kit.History;
import org.goaway.protocol.kit.LinearizabilityChecker;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.RegisterModel;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.kit.SimulatedRaft;
import org.goaway.protocol.strict.Changed;
import org.goaway.protocol.strict.Strict;

/**
 * Clients at five members, three of them voters, use two fields under loss, delay, repetition, pauses, changing leaders and
 * snapshots; then all heals. Whatever a subclass spoils must be noticed.
 */
class SpineScenario {

    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.STRICT, "s");
    private static final List<String> FIELDS = List.of("a", "b");
    private static final int OPERATIONS = 6;
    private static final Duration TROUBLE = Duration.ofMillis(1_500);

    private final LongNumbers numbers = new LongNumbers();
    private final Map<MemberId, Map<String, Value>> seen = new HashMap<>();
    private final List<Throwable> failures = new ArrayList<>();
    private LocalCluster cluster;
    private SimulatedRaft raft;
    private History history;
    private Map<MemberId, SpineMember> members;
    private long unique;

    ReplicatedState newState() {
        return new SpineState(numbers);
    }

    ReplicatedLog log(SimulatedRaft simulated, MemberId member) {
        // The fourth member's log never says who leads.
        return simulated.log(member, !member.equals(cluster.members().get(3)));
    }

    Function<Message, CompletableFuture<Message>> submission(Spine spine) {
        return spine::submit;
    }

    Transport transport(Transport transport) {
        return transport;
    }

    final void run(Seeds.Run seed) {
        cluster = seed.show(new LocalCluster(5, seed.seed()));
        history = seed.show(new History(cluster::now));
        raft = new SimulatedRaft(cluster, cluster.members().subList(0, 3), this::newState);
        members = cluster.install(this::member);
        members.values().forEach(member -> member.spine().onFounded(raft.voters()));
        raft.elect();
        trouble();
        CompletableFuture<?> clients = startClients();
        boolean ended = cluster.runUntil(clients::isDone, Duration.ofSeconds(30));
        assertThat(ended).as("all clients end").isTrue();
        assertThat(failures).as("all heals long before the bound").isEmpty();
        LinearizabilityChecker.assertLinearizable(history, new RegisterModel());
        assertThat(raft.states())
                .as("the voters' states")
                .allMatch(raft.states().get(0)::equals);
        assertWatchersAreUpToDate();
    }

    private SpineMember member(MemberId self, Transport transport, Clock clock) {
        Spine spine = new Spine(
                self,
                transport(transport),
                clock,
                log(raft, self),
                task -> cluster.onLoop(self, task),
                Duration.ofSeconds(10));
        Map<String, Value> mine = new HashMap<>();
        seen.put(self, mine);
        Strict strict = new Strict(clock, submission(spine), (object, field, value) -> mine.put(field, value));
        return new SpineMember(spine, strict);
    }

    private void trouble() {
        double loss = cluster.random().nextDouble() * 0.2;
        cluster.firewall()
                .loss(loss)
                .repetition(cluster.random().nextDouble() * 0.2)
                .delay(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2 + cluster.random().nextInt(60)));
        for (int i = cluster.random().nextInt(5); i > 0; i--) {
            cluster.after(someTime(), raft::elect);
        }
        cluster.after(someTime(), raft::restore);
        cluster.after(someTime(), () -> {
            int member = cluster.random().nextInt(cluster.members().size());
            cluster.pause(
                    cluster.members().get(member),
                    Duration.ofMillis(cluster.random().nextInt(400)));
        });
        cluster.after(TROUBLE, () -> {
            cluster.firewall().heal();
            raft.heal();
        });
    }

    private Duration someTime() {
        return Duration.ofMillis(cluster.random().nextInt((int) TROUBLE.toMillis()));
    }

    private CompletableFuture<?> startClients() {
        List<CompletableFuture<?>> clients = new ArrayList<>();
        members.forEach((id, member) -> {
            cluster.onLoop(id, () -> clients.add(member.strict().watch(OBJECT, "a")));
            for (int i = 0; i < 2; i++) {
                String name = id + "/" + i;
                clients.add(cluster.client(
                        id, OPERATIONS, Duration.ofMillis(300), number -> operation(name, member.strict())));
            }
        });
        return CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<?> operation(String client, Strict strict) {
        String field = FIELDS.get(cluster.random().nextInt(FIELDS.size()));
        return switch (cluster.random().nextInt(8)) {
            case 0, 1 -> read(client, strict, field);
            case 2, 3 -> set(client, strict, field, nextUnique());
            case 4 -> set(client, strict, field, null);
            case 5 -> add(client, strict, field);
            case 6 -> compareAndSet(client, strict, field);
            default -> update(client, strict, field);
        };
    }

    /** No two writes give a field the same value, so that comparing values and comparing versions mean the same. */
    private long nextUnique() {
        unique++;
        return (unique << 40) + cluster.random().nextInt(1 << 30);
    }

    private CompletableFuture<Answer> read(String client, Strict strict, String field) {
        int call = history.invoke(client, field, new RegisterModel.Read());
        return strict.get(OBJECT, field)
                .whenComplete((answer, failure) -> end(call, failure, () -> numbers.readOrNull(answer.value())));
    }

    private CompletableFuture<?> set(String client, Strict strict, String field, Long value) {
        int call = history.invoke(client, field, new RegisterModel.Write(value));
        Operation set = new Operation.Set(field, value == null ? null : numbers.write(value));
        return strict.operate(OBJECT, set).whenComplete((answer, failure) -> end(call, failure, () -> null));
    }

    private CompletableFuture<?> add(String client, Strict strict, String field) {
        long delta = nextUnique();
        int call = history.invoke(client, field, new RegisterModel.Add(delta));
        return strict.operate(OBJECT, new Operation.Add(field, delta))
                .whenComplete((answer, failure) -> end(call, failure, () -> numbers.readOrNull(answer.value())));
    }

    private CompletableFuture<?> compareAndSet(String client, Strict strict, String field) {
        return read(client, strict, field).thenCompose(found -> {
            long next = nextUnique();
            Operation operation = new Operation.CompareAndSet(field, found.value(), numbers.write(next));
            return cas(client, strict, found, next, operation);
        });
    }

    private CompletableFuture<?> update(String client, Strict strict, String field) {
        return read(client, strict, field).thenCompose(found -> {
            long next = nextUnique();
            Version version = found.version();
            return cas(client, strict, found, next, new Operation.SetIf(field, version, numbers.write(next)));
        });
    }

    private CompletableFuture<?> cas(String client, Strict strict, Answer found, long next, Operation operation) {
        Object expected = numbers.readOrNull(found.value());
        int call = history.invoke(client, operation.field(), new RegisterModel.Cas(expected, next));
        return strict.operate(OBJECT, operation)
                .whenComplete((answer, failure) -> end(call, failure, () -> answer.result() == Answer.Result.DONE));
    }

    private void end(int call, Throwable failure, java.util.function.Supplier<Object> result) {
        if (failure == null) {
            history.returned(call, result.get());
            return;
        }
        failures.add(failure);
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (((ProtocolException) cause).outcome() == ProtocolException.Outcome.NOT_DONE) {
            history.notDone(call);
        } else {
            history.unknown(call);
        }
    }

    /** The last change may reach the leader while its notice gets lost: the watchers must find out themselves. */
    private void assertWatchersAreUpToDate() {
        // An entry whose answer got lost in the trouble keeps its commands for 3 seconds; then their repetitions count.
        cluster.run(Duration.ofSeconds(4));
        Value last = numbers.write(nextUnique());
        cluster.firewall().drop(Changed.class, 0.5);
        CompletableFuture<Answer> set =
                members.get(cluster.members().get(0)).strict().operate(OBJECT, new Operation.Set("a", last));
        cluster.run(Duration.ofMillis(2_500));
        assertThat(set).isCompleted();
        seen.forEach((member, fields) ->
                assertThat(fields.get("a")).as("what %s was told last", member).isEqualTo(last));
    }
}
