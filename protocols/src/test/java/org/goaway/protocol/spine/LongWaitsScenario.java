package org.goaway.protocol.spine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;
import org.goaway.protocol.coordination.Coordination;
import org.goaway.protocol.coordination.CoordinationCommand;
import org.goaway.protocol.coordination.CoordinationCommand.Sync;
import org.goaway.protocol.coordination.Ended;
import org.goaway.protocol.kit.Firewall.Fate;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.kit.SimulatedRaft;
import org.goaway.protocol.spine.SpineMessage.Submit;

/**
 * Threads of one member wait long at a latch, for a permit and at a barrier. Then it does not hear the log for a while, or
 * stands still, or only its questions about the waits are lost. The waits end early only if the log was silent for its
 * whole bound, and then soon. Whatever a subclass spoils must be noticed.
 */
class LongWaitsScenario {

    static final Duration BOUND = Duration.ofSeconds(2);

    private static final Duration SECOND = Duration.ofSeconds(1);

    private enum Harm {
        CUT_OFF,
        CUT_OFF_FOR_LONG,
        STANDS_STILL,
        QUESTIONS_LOST,
        NO_MAJORITY
    }

    private LocalCluster cluster;
    private SimulatedRaft raft;
    private Map<MemberId, CoordinationMember> members;
    private MemberId waiting;
    private MemberId other;

    Coordination coordination(Clock clock, Spine spine) {
        return new Coordination(clock, spine::submit, spine::answeredAt, BOUND);
    }

    final void run(Seeds.Run seed) {
        cluster = seed.show(new LocalCluster(4, seed.seed()));
        raft = new SimulatedRaft(cluster, cluster.members().subList(0, 3), () -> new SpineState(new LongNumbers()));
        members = cluster.install(this::member);
        members.values().forEach(member -> member.spine().onFounded(raft.voters()));
        raft.elect();
        raft.supervise();
        raft.heal();
        waiting = any();
        do {
            other = any();
        } while (other.equals(waiting));
        cluster.run(SECOND.dividedBy(2));
        done(at(other).acquire("s", 1, true).ended());
        List<CompletableFuture<Ended>> waits = begin();
        cluster.run(Duration.ofMillis(300 + cluster.random().nextInt(1_000)));
        Harm harm = Harm.values()[cluster.random().nextInt(Harm.values().length)];
        harm(harm);
        if (harm == Harm.CUT_OFF_FOR_LONG) {
            assertThat(waits)
                    .as("end while the log is silent")
                    .allSatisfy(wait -> assertThat(wait)
                            .failsWithin(Duration.ZERO)
                            .withThrowableThat()
                            .withMessageContaining("not told for"));
        } else {
            cluster.firewall().heal();
            cluster.run(BOUND);
            assertThat(waits).as("%s: go on", harm).noneMatch(CompletableFuture::isDone);
            endThem();
            assertThat(cluster.runUntil(
                            () -> waits.stream().allMatch(CompletableFuture::isDone), BOUND.multipliedBy(2)))
                    .as("%s: all end", harm)
                    .isTrue();
            assertThat(waits)
                    .as("%s: pass", harm)
                    .allSatisfy(wait -> assertThat(wait.join().how()).isEqualTo(Ended.How.PASSED));
        }
    }

    private CoordinationMember member(MemberId self, Transport transport, Clock clock) {
        Spine spine =
                new Spine(self, transport, clock, raft.log(self, true), task -> cluster.onLoop(self, task), BOUND);
        return new CoordinationMember(spine, coordination(clock, spine));
    }

    private MemberId any() {
        return cluster.members().get(cluster.random().nextInt(cluster.members().size()));
    }

    private Coordination at(MemberId member) {
        return members.get(member).coordination();
    }

    private List<CompletableFuture<Ended>> begin() {
        List<CompletableFuture<Ended>> waits = new ArrayList<>();
        waits.add(at(waiting).awaitZero("l", 1).ended());
        waits.add(at(waiting).acquire("s", 1, true).ended());
        waits.add(at(waiting).arrive("b", 2).ended());
        return waits;
    }

    private void endThem() {
        done(at(other).ask(new CoordinationCommand.CountDown("l", 1)));
        done(at(other).ask(new CoordinationCommand.Release("s", 1)));
        done(at(other).arrive("b", 2).ended());
    }

    private void done(CompletableFuture<?> future) {
        assertThat(cluster.runUntil(future::isDone, BOUND)).as("done in time").isTrue();
        future.join();
    }

    private void harm(Harm harm) {
        switch (harm) {
            case CUT_OFF -> {
                cutOff();
                cluster.run(Duration.ofMillis(cluster.random().nextInt((int) BOUND.toMillis() / 2)));
            }
            case CUT_OFF_FOR_LONG -> {
                cutOff();
                cluster.run(BOUND.multipliedBy(2).plus(SECOND));
            }
            case STANDS_STILL -> {
                // So that a question is under way when it stops, and is not answered when it goes on.
                cutOff();
                cluster.run(Duration.ofMillis(1_050));
                Duration time = BOUND.plusMillis(cluster.random().nextInt(2_000));
                cluster.pause(waiting, time);
                cluster.run(time);
            }
            case QUESTIONS_LOST -> {
                cluster.firewall()
                        .rule((from, to, message) -> from.equals(waiting) && asks(message) ? Fate.LOST : null);
                for (int i = 0; i < 50; i++) {
                    cluster.run(BOUND.dividedBy(20));
                    var unused = at(waiting).ask(new CoordinationCommand.Get("n"));
                }
            }
            case NO_MAJORITY -> {
                raft.voters().forEach(voter -> cluster.firewall().part(List.of(voter), raft.voters()));
                cluster.run(Duration.ofMillis(cluster.random().nextInt((int) BOUND.toMillis() / 2)));
            }
        }
    }

    private void cutOff() {
        cluster.firewall().part(List.of(waiting), cluster.members());
        if (waiting.equals(raft.leader())) {
            raft.elect();
        }
    }

    private static boolean asks(Message message) {
        return message instanceof Submit submit
                && submit.commands().stream().anyMatch(command -> command.body() instanceof Sync);
    }
}
