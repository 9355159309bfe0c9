package org.goaway.protocol.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long it takes until the others go on without a member. Of the times here the view finds a lost member within 50
 * milliseconds, and the log a new leader within 620: 320 to the election, 300 to hear of it.
 */
@Tag("simulation")
class FailoverTimesTest {

    private static final int SEEDS = 100;
    private static final Duration DETECTION = Duration.ofMillis(50);
    private static final Duration ELECTION = Duration.ofMillis(620);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void shouldGoOnWithoutACrashedMemberAfterDetectionLeaseAndASecond() {
        assertDropped(
                false,
                DETECTION.plus(MembershipScenario.LEASE).plus(SECOND),
                (scenario, member) -> scenario.cluster.crash(member));
    }

    @Test
    void shouldGoOnWithoutACrashedMemberThoughTheLeaderStandsStillAgainAndAgain() {
        Duration standstill = MembershipScenario.LEASE.dividedBy(10).multipliedBy(3);
        assertDropped(false, DETECTION.plus(MembershipScenario.LEASE).plus(SECOND), (scenario, member) -> {
            scenario.cluster.crash(member);
            for (int i = 0; i < 5; i++) {
                scenario.cluster.after(
                        MembershipScenario.LEASE.multipliedBy(i),
                        () -> scenario.cluster.pause(scenario.raft.leader(), standstill));
            }
        });
    }

    @Test
    void shouldGoOnWithoutACrashedLeaderAfterElectionLeaseAndASecond() {
        assertDropped(
                true,
                ELECTION.plus(MembershipScenario.LEASE).plus(SECOND),
                (scenario, leader) -> scenario.cluster.crash(leader));
    }

    @Test
    void shouldGoOnWithoutASilentMemberThatNobodySuspects() {
        // It is silent after two leases, and its lease is over by then.
        assertDropped(
                false,
                MembershipScenario.LEASE.multipliedBy(2).plus(SECOND),
                (scenario, member) -> scenario.cluster.pause(member, Duration.ofMinutes(1)));
    }

    @Test
    void shouldGoOnAtOnceWithoutAMemberThatLeaves() {
        assertDropped(false, SECOND, this::leave);
    }

    @Test
    void shouldGoOnAtOnceWithoutALeaderThatLeaves() {
        assertDropped(true, SECOND, this::leave);
    }

    private void leave(MembershipScenario scenario, MemberId member) {
        scenario.cluster.onLoop(member, () -> {
            var unused = scenario.members.get(member).epochs().leave();
            assertThat(scenario.members.get(member).epochs().lease().isHeld()).isFalse();
        });
    }

    @Test
    void shouldGoOnAtOnceWithoutAMemberWhoseProcessWasSeenToEnd() {
        assertDropped(false, SECOND, this::end);
    }

    @Test
    void shouldGoOnWithinASecondOfTheElectionWithoutALeaderWhoseProcessWasSeenToEnd() {
        assertDropped(true, ELECTION.plus(SECOND), this::end);
    }

    private void end(MembershipScenario scenario, MemberId member) {
        scenario.cluster.crash(member);
        MemberId witness = other(scenario, member);
        scenario.cluster.onLoop(
                witness, () -> scenario.members.get(witness).epochs().onEnded(member));
    }

    @Test
    void shouldGoOnAtOnceWithoutAMemberThatCannotLearnAnEpoch() {
        assertDropped(false, SECOND, this::fail);
    }

    @Test
    void shouldGoOnAtOnceWithoutALeaderThatCannotLearnAnEpoch() {
        assertDropped(true, SECOND, this::fail);
    }

    @Test
    void shouldTakeInALeaderAgainThatCouldNotLearnAnEpoch() {
        Seeds.run(SEEDS, seed -> {
            MembershipScenario scenario = healthy(seed);
            MemberId leading = scenario.raft.leader();
            fail(scenario, leading);
            scenario.cluster.run(SECOND);
            assertThat(scenario.isWellWithin(SECOND.multipliedBy(2)))
                    .as("all are well: %s", scenario)
                    .isTrue();
            assertThat(scenario.raft.leader()).isEqualTo(leading);
            assertThat(scenario.checker.agreed().joined().get(leading))
                    .as("it came in anew")
                    .isGreaterThan(1);
        });
    }

    private void fail(MembershipScenario scenario, MemberId member) {
        scenario.cluster.onLoop(
                member, () -> scenario.members.get(member).probe().failBy(new OutOfMemoryError("meant to be")));
        scenario.enter();
    }

    @Test
    void shouldTakeInANewcomerWithinASecond() {
        Seeds.run(SEEDS, seed -> {
            MembershipScenario scenario = healthy(seed);
            MemberId newcomer = scenario.enter();
            assertWithin(
                    scenario,
                    SECOND,
                    "has its lease",
                    () -> scenario.members.get(newcomer).epochs().lease().isHeld());
            assertWithin(
                    scenario,
                    SECOND,
                    "is full",
                    () -> scenario.checker.agreed().full().contains(newcomer));
        });
    }

    @Test
    void shouldNotHoldUpTheEndOfAWholeCluster() {
        Seeds.run(SEEDS, seed -> {
            MembershipScenario scenario = healthy(seed);
            List<CompletableFuture<Void>> left = new ArrayList<>();
            scenario.members.forEach((id, member) -> scenario.cluster.onLoop(id, () -> {
                CompletableFuture<Void> leaves = member.epochs().leave();
                left.add(leaves.thenRun(() -> scenario.cluster.crash(id)));
            }));
            scenario.cluster.run(Duration.ofMillis(1));
            assertWithin(
                    scenario,
                    MembershipScenario.LEASE.dividedBy(2),
                    "has ended",
                    () -> left.stream().allMatch(CompletableFuture::isDone));
        });
    }

    @Test
    void shouldRenewManyLeasesByFewEntries() {
        Seeds.run(SEEDS / 10, seed -> {
            MembershipScenario scenario = healthy(seed);
            long before = scenario.checker.renewals();
            scenario.cluster.run(MembershipScenario.LEASE.multipliedBy(30));
            // Each of the five renews eight times in a lease; at most sixteen entries fit into it.
            assertThat(scenario.checker.renewals() - before).isLessThan(30 * 16);
        });
    }

    @Test
    void shouldChangeNothingWhileNothingHappens() {
        Seeds.run(SEEDS / 10, seed -> {
            MembershipScenario scenario = healthy(seed);
            for (int i = 0; i < 3_000; i++) {
                scenario.cluster.run(Duration.ofMillis(10));
                assertThat(scenario.isWell())
                        .as("all hold their leases: %s", scenario)
                        .isTrue();
            }
            assertThat(scenario.checker.agreed().number()).isEqualTo(1);
        });
    }

    private interface Loss {
        void happen(MembershipScenario scenario, MemberId member);
    }

    private static void assertDropped(boolean leader, Duration most, Loss loss) {
        Seeds.run(SEEDS, seed -> {
            MembershipScenario scenario = healthy(seed);
            MemberId leading = scenario.raft.leader();
            MemberId lost = leader ? leading : other(scenario, leading);
            loss.happen(scenario, lost);
            assertWithin(
                    scenario,
                    most,
                    "is dropped",
                    () -> !scenario.checker.agreed().members().contains(lost));
        });
    }

    private static MembershipScenario healthy(Seeds.Run seed) {
        MembershipScenario scenario = new MembershipScenario();
        scenario.begin(5, seed);
        scenario.raft.heal();
        assertThat(scenario.isWellWithin(SECOND)).as("all begin: %s", scenario).isTrue();
        scenario.cluster.run(Duration.ofMillis(scenario.cluster.random().nextInt(500)));
        return scenario;
    }

    private static MemberId other(MembershipScenario scenario, MemberId than) {
        return scenario.cluster.members().stream()
                .filter(member -> !member.equals(than))
                .skip(scenario.cluster.random().nextInt(4))
                .findFirst()
                .orElseThrow();
    }

    private static void assertWithin(
            MembershipScenario scenario, Duration most, String what, BooleanSupplier condition) {
        assertThat(scenario.cluster.runUntil(condition, most))
                .as("it %s within %s: %s", what, most, scenario)
                .isTrue();
    }
}
