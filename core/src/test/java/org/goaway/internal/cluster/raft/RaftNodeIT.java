package org.goaway.internal.cluster.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.goaway.internal.cluster.raft.Voters.id;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.goaway.internal.cluster.raft.Voters.Voter;
import org.goaway.kit.Standstills;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ProtocolException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RaftNodeIT {

    private static final long LARGE_LOG = 64 << 20;
    private static final Duration LEASE = Duration.ofSeconds(2);

    private final Standstills standstills = Standstills.watch();

    @AfterEach
    void closeStandstills() {
        standstills.close();
    }

    @Test
    void shouldReplaceDeadVotersOneAfterTheOther() {
        try (Voters group = Voters.of(3, LARGE_LOG)) {
            fill(group, 0, 500);
            group.add(4);
            group.add(5);
            for (long next = 4; next <= 5; next++) {
                Voter leader = group.leader(group.voting());
                MemberId dead = leader.id();
                group.kill(dead);
                Voter then = group.leader(group.voting());
                List<MemberId> wanted = new ArrayList<>(then.node().standing().voters());
                wanted.remove(dead);
                wanted.add(id(next));
                then.node().changeVoters(wanted).orTimeout(10, TimeUnit.SECONDS).join();
                assertThat(then.node().standing().voters()).containsExactlyInAnyOrderElementsOf(wanted);
                fill(group, (int) (next * 1000), 100);
            }
            group.awaitEqual(group.voting());
            assertThat(group.leader().journal().values()).hasSize(700);
        }
    }

    /** Who is told that its vote is another's takes its log with it. */
    @Test
    void shouldTellOfAChangeOfVotersOnlyOnceItIsCommitted() {
        try (Voters group = Voters.of(3, LARGE_LOG)) {
            fill(group, 0, 100);
            Voter old = group.leader();
            Voter fourth = group.add(4);
            List<MemberId> wanted = new ArrayList<>(group.founders());
            wanted.add(fourth.id());
            group.founders().stream().filter(id -> !id.equals(old.id())).forEach(group::cutOneWay);
            CompletableFuture<Void> changed = old.node().changeVoters(wanted);
            Voters.awaitTrue("the old leader gives up, and tells nobody before that", () -> {
                assertThat(old.node().standing().voters()).doesNotContain(fourth.id());
                return old.node().standing().leader().isEmpty();
            });
            Voters.awaitTrue("the change fails", changed::isCompletedExceptionally);
            assertThat(fourth.node()).as("was to vote").isNotNull();
            group.heal();
            group.putSurely(1_000_000, 10);
        }
    }

    @Test
    void shouldCommitNothingInTheMinorityAndBeEqualOnceHealed() {
        try (Voters group = Voters.of(3, LARGE_LOG)) {
            fill(group, 0, 100);
            Voter old = group.leader();
            group.cut(Set.of(old.id()));
            CompletableFuture<Message> lost = group.put(old, 1_000_000, 10);
            Set<MemberId> majority = group.voting();
            majority.remove(old.id());
            for (int i = 0; i < 100; i++) {
                group.putSurely(majority, 2_000 + i, 10);
            }
            Voters.awaitTrue(
                    "the old leader gives up",
                    () -> old.node().standing().leader().isEmpty());
            assertThat(lost).isCompletedExceptionally();
            Voter next = group.leader(majority);
            long term = next.node().standing().term();
            group.heal();
            group.awaitEqual(group.founders());
            assertThat(old.journal().values()).hasSize(200).doesNotContainKey(1_000_000);
            Voter now = group.leader();
            assumeAwakeUnless(now == next && now.node().standing().term() == term);
            assertThat(now).as("undisturbed").isSameAs(next);
            assertThat(next.node().standing().term()).isEqualTo(term);
        }
    }

    /** Gives the test up where this process stood still, with all voters: they may rightly elect another leader then. */
    private void assumeAwakeUnless(boolean undisturbed) {
        if (!undisturbed) {
            assumeThat(standstills.seen()).as("when all voters stood still").isEmpty();
        }
    }

    /** Does what fails if another leader is elected meanwhile. */
    private void whileItLeads(Runnable work) {
        try {
            work.run();
        } catch (CompletionException leadsNoLonger) {
            assumeAwakeUnless(false);
            throw leadsNoLonger;
        }
    }

    @Test
    void shouldBringUpByTheStateWhoeverLacksMoreThanTheLogHolds() {
        try (Voters group = Voters.of(3, 64 << 10)) {
            MemberId leader = group.leader().id();
            MemberId away = group.founders().stream()
                    .filter(member -> !member.equals(leader))
                    .findFirst()
                    .orElseThrow();
            group.cut(Set.of(away));
            Set<MemberId> majority = group.voting();
            majority.remove(away);
            for (int i = 0; i < 3000; i++) {
                group.putSurely(majority, i % 1500, 1000);
            }
            group.heal();
            group.awaitEqual(group.founders());
            assertThat(group.voter(away).journal().values())
                    .isEqualTo(group.voter(leader).journal().values());
        }
    }

    @Test
    void shouldBringUpWhoeverLagsWhileTheLeaderIsBusy() {
        try (Voters group = Voters.of(3, LARGE_LOG)) {
            Voter leader = group.leader();
            fill(group, 0, 2_000);
            group.add(4);
            List<MemberId> wanted = new ArrayList<>(group.founders());
            wanted.add(id(4));
            CompletableFuture<Void> changed = leader.node().changeVoters(wanted);
            whileItLeads(() -> {
                CompletableFuture<Message> last = null;
                for (int i = 0; !changed.isDone(); i++) {
                    last = group.put(leader, i, 100);
                    if (i % 100 == 99) {
                        last.join();
                    }
                }
                changed.join();
                last.join();
            });
            Voters.awaitTrue(
                    "the fourth has all",
                    () -> group.voter(id(4))
                            .journal()
                            .seen()
                            .equals(leader.journal().seen()));
        }
    }

    @Test
    void shouldAnswerAtOnceWhileALargeStateIsOnItsWay() {
        try (Voters group = Voters.of(3, 16 << 20)) {
            Voter leader = group.leader();
            List<CompletableFuture<Message>> filled = new ArrayList<>();
            for (int key = 0; key < 100; key++) {
                filled.add(group.put(leader, key, 1 << 20));
            }
            List<MemberId> wanted = new ArrayList<>(group.founders());
            wanted.add(id(4));
            whileItLeads(() -> {
                filled.forEach(CompletableFuture::join);
                group.add(4);
                CompletableFuture<Void> changed = leader.node().changeVoters(wanted);
                assertThat(worstAnswer(group, leader, changed))
                        .as("longest answer")
                        .isLessThan(LEASE);
            });
            group.awaitEqual(wanted);
            assertThat(group.voter(id(4)).journal().values())
                    .isEqualTo(leader.journal().values());
        }
    }

    @Test
    void shouldAnswerSmallEntriesSoonWhileLargeOnesQueue() {
        try (Voters group = Voters.of(3, LARGE_LOG)) {
            Voter leader = group.leader();
            CompletableFuture<Void> end = new CompletableFuture<>();
            end.completeOnTimeout(null, 3, TimeUnit.SECONDS);
            List<CompletableFuture<Void>> others = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                others.add(again(() -> group.put(leader, 0, 1 << 20), end));
            }
            for (int i = 0; i < 2_000; i++) {
                int key = i;
                others.add(again(() -> group.put(leader, key, 100), end));
            }
            whileItLeads(() -> {
                assertThat(worstAnswer(group, leader, end)).as("longest answer").isLessThan(LEASE);
                others.forEach(CompletableFuture::join);
            });
        }
    }

    /** Appends as soon as the entry before was answered, until {@code end}. */
    private static CompletableFuture<Void> again(
            Supplier<CompletableFuture<Message>> append, CompletableFuture<Void> end) {
        return end.isDone() ? end : append.get().thenComposeAsync(answer -> again(append, end));
    }

    /** The time that the slowest small entry took until {@code end}, without that in which all stood still. */
    private Duration worstAnswer(Voters group, Voter leader, CompletableFuture<Void> end) {
        Duration worst = Duration.ZERO;
        while (!end.isDone()) {
            long began = System.nanoTime();
            group.put(leader, 1_000_000, 10).join();
            Duration took = standstills.leftSince(began);
            worst = took.compareTo(worst) > 0 ? took : worst;
        }
        end.join();
        return worst;
    }

    @Test
    void shouldGrowFromOneVoterToThreeAndShrinkAgain() {
        try (Voters group = Voters.of(1, LARGE_LOG)) {
            fill(group, 0, 10);
            group.add(2);
            group.add(3);
            Voter first = group.voter(id(1));
            first.node()
                    .changeVoters(List.of(id(1), id(2), id(3)))
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            fill(group, 10, 10);
            group.awaitEqual(List.of(id(1), id(2), id(3)));
            group.leader()
                    .node()
                    .changeVoters(List.of(id(2)))
                    .exceptionally(leadsNoLonger -> null)
                    .join();
            Voter second = group.leader(Set.of(id(2)));
            group.put(second, 99, 10).orTimeout(5, TimeUnit.SECONDS).join();
            assertThat(second.journal().values()).hasSize(21);
        }
    }

    /** Once the log has that it votes no longer, its own vote commits nothing; but it may lead until that is committed. */
    @Test
    void shouldCommitNothingByTheVoteOfALeaderThatGivesItUp() throws InterruptedException {
        try (Voters group = Voters.of(1, LARGE_LOG)) {
            fill(group, 0, 10);
            group.add(2);
            Voter first = group.voter(id(1));
            first.node()
                    .changeVoters(List.of(id(1), id(2)))
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            group.cut(Set.of(id(2)));
            CompletableFuture<Void> changed = first.node().changeVoters(List.of(id(2)));
            List<CompletableFuture<Message>> puts = new ArrayList<>();
            for (int i = 0; i < 50; i++) { // the change is in the log after a few
                puts.add(group.put(first, 100 + i, 10));
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThat(changed).as("without the other's vote").isNotDone();
            assertThat(puts).noneMatch(put -> put.isDone() && !put.isCompletedExceptionally());
            Voters.awaitTrue(
                    "it gives up the lead",
                    () -> first.node().standing().leader().isEmpty());
            group.heal();
            Voter second = group.leader(Set.of(id(2)));
            assertThat(second.id()).isEqualTo(id(2));
            group.put(second, 99, 10).orTimeout(5, TimeUnit.SECONDS).join();
            assertThat(second.journal().values())
                    .as("what was before the change")
                    .containsKeys(0, 9, 99);
        }
    }

    @Test
    void shouldSkipNoEntryForWantOfMemory() {
        try (Voters group = Voters.of(3, LARGE_LOG)) {
            fill(group, 0, 10);
            Voter leader = group.leader();
            for (MemberId member : group.founders()) {
                if (!member.equals(leader.id())) {
                    group.voter(member)
                            .failToDecodeBy(new OutOfMemoryError("meant to be"), new OutOfMemoryError("meant to be"));
                }
            }
            fill(group, 10, 10);
            group.awaitEqual(group.founders());
            assertThat(leader.journal().values()).hasSize(20);
            assertThat(group.all()).allMatch(voter -> voter.broken() == 0);
        }
    }

    /** It must not, but who waits for the answer is told if it does. */
    @Test
    void shouldEndTheWaitForAnEntryThatTheStateRefuses() {
        try (Voters group = Voters.of(3, LARGE_LOG)) {
            fill(group, 0, 10);
            group.awaitEqual(group.founders());
            group.all().forEach(voter -> voter.journal().refuseBy(new IllegalStateException("meant to be")));
            assertThat(group.put(group.leader(), 100, 10)
                            .orTimeout(5, TimeUnit.SECONDS)
                            .handle((answer, failure) -> failure)
                            .join())
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("meant to be");
            fill(group, 10, 10);
            group.awaitEqual(group.founders());
            assertThat(group.leader().journal().values()).hasSize(20);
        }
    }

    @Test
    void shouldEndTheWaitForAnAnswerThatThereIsNoMemoryToTell() {
        try (Voters group = Voters.of(3, LARGE_LOG)) {
            fill(group, 0, 10);
            Voter old = group.leader();
            old.failToExecuteBy(new OutOfMemoryError("meant to be"));
            assertEndsUnknown(group.put(old, 100, 10));
        }
    }

    @Test
    void shouldEndTheWaitOfALeaderThatGivesUpThoughThereWasNoMemoryToTell() {
        try (Voters group = Voters.of(3, LARGE_LOG)) {
            fill(group, 0, 10);
            Voter old = group.leader();
            group.cut(Set.of(old.id()));
            CompletableFuture<Message> lost = group.put(old, 100, 10);
            old.failToExecuteBy(new OutOfMemoryError("meant to be"));
            assertEndsUnknown(lost);
        }
    }

    private static void assertEndsUnknown(CompletableFuture<Message> append) {
        assertThat(append.orTimeout(10, TimeUnit.SECONDS)
                        .handle((answer, failure) -> failure)
                        .join())
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        failure -> assertThat(failure.outcome()).isEqualTo(ProtocolException.Outcome.UNKNOWN));
    }

    @Test
    void shouldLeaveALeaderOutThatHasHalfAnEntry() {
        try (Voters group = Voters.of(3, LARGE_LOG)) {
            fill(group, 0, 10);
            Voter old = group.leader();
            old.journal().breakOffBy(new OutOfMemoryError("meant to be"));
            CompletableFuture<Message> half = group.put(old, 100, 10);
            Voters.awaitTrue("it tells so", () -> old.broken() == 1);
            assertThat(half.orTimeout(5, TimeUnit.SECONDS)
                            .handle((answer, failure) -> failure)
                            .join())
                    .isInstanceOf(ProtocolException.class);
            assertThat(group.put(old, 101, 10)).isCompletedExceptionally();
            assertThat(old.node().standing().leader()).isEmpty();
            Set<MemberId> others = group.voting();
            others.remove(old.id());
            Voter next = group.leader(others);
            group.put(next, 102, 10).orTimeout(5, TimeUnit.SECONDS).join();
            assertThat(next.journal().values()).containsKeys(0, 9, 100, 102).doesNotContainKey(101);
            assertThat(old.journal().values()).as("after its end").doesNotContainKey(102);
            assertThat(old.broken()).isEqualTo(1);
        }
    }

    private static void fill(Voters group, int from, int count) {
        for (int i = from; i < from + count; i++) {
            group.putSurely(i, 100);
        }
    }
}
