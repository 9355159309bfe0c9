package org.goaway.protocol.fastread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Value;
import org.goaway.protocol.kit.History;
import org.goaway.protocol.kit.LinearizabilityChecker;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.RegisterModel;
import org.goaway.protocol.kit.SeedTwoPhase;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.kit.ShortNumbers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Why reads wait in front of LOCKED entries: the older protocol lets them through, and loses linearizability by it. */
@Tag("simulation")
class SeedTwoPhaseTest {

    private static final int SEEDS = 500;
    private static final ObjectId REGISTER = new ObjectId(ObjectId.Kind.FAST_READ, "register");

    /** A register at one member. */
    private interface Register {
        CompletableFuture<Value> read();

        CompletableFuture<?> write(Value value);
    }

    @Test
    void shouldCatchTheAnomalyOfTheOlderProtocol() {
        long seed = Seeds.firstToFail(
                SEEDS,
                run -> LinearizabilityChecker.assertLinearizable(
                        history(run, SeedTwoPhaseTest::older), new RegisterModel()));
        assertThat(seed).as("the first seed that shows it").isPositive();
    }

    /** spec/SeedTwoPhase.tla, in words: somebody reads the new value, then somebody else reads the old one. */
    @Test
    void shouldDrawTheAnomalyAsATimeline() {
        LocalCluster cluster = new LocalCluster(3, 1);
        Map<MemberId, Register> members = older(cluster);
        Register first = members.get(cluster.members().get(0));
        Register second = members.get(cluster.members().get(1));
        History history = new History(cluster::now);
        int write = history.invoke("writer", "register", new RegisterModel.Write(7L));
        CompletableFuture<?> written = first.write(ShortNumbers.value(7));
        assertThat(cluster.runUntil(() -> first.read().join() != null, Duration.ofSeconds(1)))
                .isTrue();
        read(history, "reader 1", first);
        read(history, "reader 2", second);
        assertThat(written).isNotDone();
        history.unknown(write);

        assertThatThrownBy(() -> LinearizabilityChecker.assertLinearizable(history, new RegisterModel()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Read[] of reader 2 cannot have returned null")
                .hasMessageContaining("> #0 Write[value=7]");
    }

    @Test
    void shouldFindNoAnomalyOfFastReadInTheSameSchedules() {
        Seeds.run(
                SEEDS,
                run -> LinearizabilityChecker.assertLinearizable(
                        history(run, SeedTwoPhaseTest::fastRead), new RegisterModel()));
    }

    private static void read(History history, String client, Register register) {
        int call = history.invoke(client, "register", new RegisterModel.Read());
        history.returned(call, number(register.read().join()));
    }

    /** What two writers and three readers saw; nothing is lost, so that the older protocol comes to its end, too. */
    private static History history(Seeds.Run run, Function<LocalCluster, Map<MemberId, Register>> kind) {
        LocalCluster cluster = new LocalCluster(3, run.seed());
        cluster.firewall().delay(Duration.ofMillis(1), Duration.ofMillis(30));
        History history = new History(cluster::now);
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        kind.apply(cluster).forEach((member, register) -> {
            clients.add(cluster.client(member, 30, Duration.ofMillis(10), number -> {
                int call = history.invoke(member + " reader", "register", new RegisterModel.Read());
                return register.read().whenComplete((value, failure) -> history.returned(call, number(value)));
            }));
            if (!member.equals(cluster.members().get(0))) {
                clients.add(cluster.client(member, 3, Duration.ofMillis(50), number -> {
                    long value = 10 * member.low() + number;
                    int call = history.invoke(member + " writer", "register", new RegisterModel.Write(value));
                    return register.write(ShortNumbers.value(value))
                            .whenComplete((done, failure) -> history.returned(call, null));
                }));
            }
        });
        assertThat(cluster.runUntil(() -> clients.stream().allMatch(CompletableFuture::isDone), Duration.ofMinutes(1)))
                .isTrue();
        return history;
    }

    private static Map<MemberId, Register> older(LocalCluster cluster) {
        return registers(
                cluster.install((self, transport, clock) -> new SeedTwoPhase(self, transport)),
                older -> new Register() {
                    @Override
                    public CompletableFuture<Value> read() {
                        return CompletableFuture.completedFuture(older.read());
                    }

                    @Override
                    public CompletableFuture<?> write(Value value) {
                        return older.write(value);
                    }
                });
    }

    private static Map<MemberId, Register> fastRead(LocalCluster cluster) {
        Map<MemberId, FastRead> members = cluster.install((self, transport, clock) -> new FastRead(
                self,
                transport,
                clock,
                new ShortNumbers(),
                (object, field, value) -> {},
                () -> true,
                new Limits(Duration.ofSeconds(2), Duration.ofSeconds(10), 1 << 20)));
        return registers(members, member -> new Register() {
            @Override
            public CompletableFuture<Value> read() {
                return member.readable(REGISTER, "x").thenApply(Entry::value);
            }

            @Override
            public CompletableFuture<?> write(Value value) {
                return member.write(REGISTER, new Operation.Set("x", value));
            }
        });
    }

    private static <P> Map<MemberId, Register> registers(Map<MemberId, P> members, Function<P, Register> register) {
        Map<MemberId, Register> registers = new LinkedHashMap<>();
        members.forEach((id, member) -> registers.put(id, register.apply(member)));
        return registers;
    }

    private static Long number(Value value) {
        return value == null ? null : new ShortNumbers().read(value).orElseThrow();
    }
}
