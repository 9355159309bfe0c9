package org.goaway.protocol.spine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ReplicatedState;
import org.goaway.protocol.Transport;
import org.goaway.protocol.coordination.Coordination;
import org.goaway.protocol.coordination.CoordinationCommand;
import org.goaway.protocol.coordination.CoordinationPiece;
import org.goaway.protocol.coordination.Ended;
import org.goaway.protocol.coordination.Wait;
import org.goaway.protocol.kit.History;
import org.goaway.protocol.kit.LinearizabilityChecker;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.RegisterModel;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.kit.SimulatedRaft;
import org.goaway.protocol.membership.Found;
import org.goaway.protocol.membership.MembershipCommand.Change;
import org.goaway.protocol.membership.MembershipCommand.Drop;

/**
 * Threads at four members, three of them voters, use a semaphore, a barrier, a latch and a long under loss, delay, repetition,
 * pauses, changing leaders and snapshots; some give up before their wait ends. Then all heals. Whatever a subclass spoils must
 * be noticed. If the fourth member is to be lost, it crashes at some time, and leaves the epoch once all has healed.
 */
class CoordinationScenario {

    private static final int PERMITS = 2;
    private static final int PARTIES = 3;
    private static final int ROUNDS = 4;
    private static final int COUNT = 3;
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Duration TROUBLE = Duration.ofMillis(1_500);

    private final boolean losing;
    private final CoordinationChecker checker = new CoordinationChecker(PERMITS, PARTIES, COUNT);
    private LocalCluster cluster;
    private SimulatedRaft raft;
    private History history;
    private Map<MemberId, CoordinationMember> members;
    private boolean healed;
    private long unique;

    CoordinationScenario() {
        this(false);
    }

    /** @param losing whether the fourth member is to be lost */
    CoordinationScenario(boolean losing) {
        this.losing = losing;
    }

    ReplicatedState newState() {
        return new SpineState(new LongNumbers());
    }

    Function<Message, CompletableFuture<Message>> submission(Spine spine) {
        return spine::submit;
    }

    final void run(Seeds.Run seed) {
        cluster = seed.show(new LocalCluster(4, seed.seed()));
        history = seed.show(new History(cluster::now));
        raft = new SimulatedRaft(cluster, cluster.members().subList(0, 3), this::newState);
        members = cluster.install(this::member);
        members.values().forEach(member -> member.spine().onFounded(raft.voters()));
        raft.elect();
        trouble();
        if (losing) {
            lose(cluster.members().get(3));
        }
        CompletableFuture<?> threads = startThreads();
        boolean ended = cluster.runUntil(threads::isDone, Duration.ofSeconds(30));
        assertThat(ended).as("all threads end, having seen %s", checker).isTrue();
        checker.assertAllWasRight(ROUNDS);
        LinearizabilityChecker.assertLinearizable(history, new RegisterModel());
        assertNothingIsLeft();
    }

    private CoordinationMember member(MemberId self, Transport transport, Clock clock) {
        Spine spine =
                new Spine(self, transport, clock, raft.log(self, true), task -> cluster.onLoop(self, task), BOUND);
        return new CoordinationMember(spine, new Coordination(clock, submission(spine), spine::answeredAt, BOUND));
    }

    private void trouble() {
        cluster.firewall()
                .loss(cluster.random().nextDouble() * 0.2)
                .repetition(cluster.random().nextDouble() * 0.2)
                .delay(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2 + cluster.random().nextInt(60)));
        for (int i = cluster.random().nextInt(4); i > 0; i--) {
            cluster.after(atMost(TROUBLE), raft::elect);
        }
        cluster.after(atMost(TROUBLE), raft::restore);
        cluster.after(
                atMost(TROUBLE),
                () -> cluster.pause(
                        cluster.members().get(cluster.random().nextInt(4)), atMost(Duration.ofMillis(400))));
        cluster.after(TROUBLE, () -> {
            healed = true;
            cluster.firewall().heal();
            raft.heal();
        });
    }

    private void lose(MemberId lost) {
        MemberId first = cluster.members().get(0);
        Spine spine = members.get(first).spine();
        CompletableFuture<Message> founded = new CompletableFuture<>();
        cluster.onLoop(first, () -> then(spine.submit(new Found(cluster.epoch())), founded::complete));
        cluster.after(atMost(TROUBLE), () -> cluster.crash(lost));
        cluster.after(
                TROUBLE.plusMillis(500),
                () -> cluster.onLoop(
                        first,
                        () -> then(founded, epoch -> {
                            checker.leaves(lost);
                            var unused = spine.submit(new Change(1, List.of(new Drop(lost, 0)), List.of()));
                        })));
    }

    private Duration atMost(Duration most) {
        return Duration.ofNanos((long) (cluster.random().nextDouble() * most.toNanos()));
    }

    private CompletableFuture<?> startThreads() {
        List<CompletableFuture<?>> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            MemberId id = cluster.members().get(i);
            Coordination at = members.get(id).coordination();
            List<CompletableFuture<Void>> here =
                    List.of(thread(id, 6, number -> permit(id, at)), thread(id, 4, number -> permit(id, at)));
            if (i < PARTIES || !losing) {
                threads.addAll(here);
                threads.add(thread(id, 6, number -> number(id, at)));
            }
            if (i < PARTIES) {
                threads.add(thread(id, 1, number -> latch(id, at)));
                CompletableFuture<Void> passed = new CompletableFuture<>();
                int party = i;
                cluster.onLoop(id, () -> rounds(id, at, party, passed));
                threads.add(passed);
            }
        }
        return CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> thread(MemberId id, int operations, IntFunction<CompletableFuture<?>> operation) {
        return cluster.client(id, operations, Duration.ofMillis(300), operation);
    }

    /** Ends the wait some time if it has not ended by itself; what {@code giveUp} returns is what its thread sees. */
    private CompletableFuture<Ended> impatient(MemberId id, Coordination at, Wait wait) {
        CompletableFuture<Ended> seen = new CompletableFuture<>();
        if (healed || cluster.random().nextInt(3) > 0) {
            return wait.ended();
        }
        then(wait.ended(), seen::complete);
        cluster.after(
                atMost(Duration.ofMillis(250)), () -> cluster.onLoop(id, () -> then(at.giveUp(wait), seen::complete)));
        return seen;
    }

    private CompletableFuture<?> permit(MemberId id, Coordination at) {
        Wait wait = at.acquire("s", PERMITS, cluster.random().nextInt(5) > 0);
        return impatient(id, at, wait).thenCompose(ended -> ended.how() == Ended.How.PASSED ? held(id, at) : nothing());
    }

    private CompletableFuture<Long> held(MemberId id, Coordination at) {
        checker.gotPermit(id);
        CompletableFuture<Long> released = new CompletableFuture<>();
        cluster.after(
                atMost(Duration.ofMillis(50)),
                () -> cluster.onLoop(id, () -> {
                    checker.gaveBack(id);
                    then(at.ask(new CoordinationCommand.Release("s", PERMITS)), released::complete);
                }));
        return released;
    }

    /** Does {@code what} next. After a failure it does not, so its thread never ends, which is noticed. */
    private static <T> void then(CompletableFuture<T> future, Consumer<? super T> what) {
        var unused = future.thenAccept(what);
    }

    private static CompletableFuture<Long> nothing() {
        return CompletableFuture.completedFuture(0L);
    }

    private void rounds(MemberId id, Coordination at, int party, CompletableFuture<Void> passed) {
        if (checker.passed(party) == ROUNDS) {
            passed.complete(null);
            return;
        }
        checker.arrives(party);
        then(impatient(id, at, at.arrive("b", PARTIES)), ended -> {
            checker.returned(party, ended);
            cluster.after(atMost(Duration.ofMillis(50)), () -> cluster.onLoop(id, () -> rounds(id, at, party, passed)));
        });
    }

    private CompletableFuture<?> latch(MemberId id, Coordination at) {
        CompletableFuture<Long> counted = new CompletableFuture<>();
        cluster.after(
                atMost(Duration.ofMillis(600)),
                () -> cluster.onLoop(id, () -> {
                    checker.countsDown();
                    then(at.ask(new CoordinationCommand.CountDown("l", COUNT)), counted::complete);
                }));
        return at.awaitZero("l", COUNT)
                .ended()
                .thenAccept(ended -> checker.latchOpened())
                .thenCompose(opened -> counted);
    }

    private CompletableFuture<?> number(MemberId id, Coordination at) {
        unique++;
        long delta = (unique << 32) + cluster.random().nextInt(1 << 20);
        String client = id + "/" + unique;
        if (cluster.random().nextBoolean()) {
            int call = history.invoke(client, "n", new RegisterModel.Add(delta));
            return at.ask(new CoordinationCommand.Add("n", delta)).thenAccept(sum -> history.returned(call, sum));
        }
        return at.ask(new CoordinationCommand.Get("n")).thenCompose(found -> {
            int call = history.invoke(client, "n", new RegisterModel.Cas(found == 0 ? null : found, delta));
            return at.ask(new CoordinationCommand.CompareAndSet("n", found, delta))
                    .thenAccept(before -> history.returned(call, before.equals(found)));
        });
    }

    /** The members tell the log what they know already, again if that was lost. */
    private void assertNothingIsLeft() {
        for (int i = 0; i < 20 && !ends().isEmpty(); i++) {
            cluster.run(Duration.ofMillis(500));
        }
        assertThat(ends()).as("places of threads that are gone").isEmpty();
        List<List<Message>> states = raft.states();
        assertThat(states).as("the voters' states").allMatch(states.get(0)::equals);
        for (Message piece : states.get(0)) {
            if (piece instanceof CoordinationPiece.OfSemaphore semaphore) {
                assertThat(semaphore.free()).as("free permits in the end").isEqualTo(PERMITS);
                assertThat(semaphore.held()).isEmpty();
                assertThat(semaphore.queue()).isEmpty();
            } else if (piece instanceof CoordinationPiece.OfBarrier barrier) {
                assertThat(barrier.arrived()).isEmpty();
            }
        }
    }

    /** Of what a member forfeits only itself could say that it knew: that of the lost one stays. */
    private List<CoordinationPiece.OfEnded> ends() {
        return raft.states().get(0).stream()
                .filter(CoordinationPiece.OfEnded.class::isInstance)
                .map(CoordinationPiece.OfEnded.class::cast)
                .filter(end -> !losing || end.ended().how() != Ended.How.FORFEITED)
                .toList();
    }
}
