package org.goaway.protocol.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.coordination.CoordinationCommand.Acquire;
import org.goaway.protocol.coordination.CoordinationCommand.Add;
import org.goaway.protocol.coordination.CoordinationCommand.Arrive;
import org.goaway.protocol.coordination.CoordinationCommand.Available;
import org.goaway.protocol.coordination.CoordinationCommand.AwaitZero;
import org.goaway.protocol.coordination.CoordinationCommand.CompareAndSet;
import org.goaway.protocol.coordination.CoordinationCommand.Count;
import org.goaway.protocol.coordination.CoordinationCommand.CountDown;
import org.goaway.protocol.coordination.CoordinationCommand.Get;
import org.goaway.protocol.coordination.CoordinationCommand.Put;
import org.goaway.protocol.coordination.CoordinationCommand.Release;
import org.goaway.protocol.coordination.CoordinationCommand.Sync;
import org.goaway.protocol.coordination.Ended.How;
import org.junit.jupiter.api.Test;

class CoordinationStateTest {

    private static final MemberId A = new MemberId(0, 1);
    private static final MemberId B = new MemberId(0, 2);
    private static final MemberId C = new MemberId(0, 3);

    private final CoordinationState state = new CoordinationState();

    private Message acquire(MemberId member, long place) {
        return state.apply(member, new Acquire("s", 1, place, true));
    }

    private Message arrive(MemberId member, long place) {
        return state.apply(member, new Arrive("b", 3, place));
    }

    private long amount(CoordinationCommand command) {
        return ((Amount) state.apply(A, command)).value();
    }

    private static Ended ended(long place, How how) {
        return Ended.of(place, how);
    }

    private static Wakeup wakeup(MemberId member, Ended... ended) {
        return new Wakeup(member, new Woken(List.of(ended)));
    }

    @Test
    void shouldGrantPermitsInOrderOfArrival() {
        assertThat(acquire(A, 1)).isEqualTo(ended(1, How.PASSED));
        assertThat(acquire(B, 1)).isEqualTo(new Waits(1, 0));
        assertThat(acquire(C, 1)).isEqualTo(new Waits(1, 1));
        assertThat(state.apply(C, new Acquire("s", 1, 2, false))).isEqualTo(ended(2, How.REFUSED));
        assertThat(state.takeWakeups()).isEmpty();
        assertThat(amount(new Release("s", 1))).isZero();
        assertThat(state.takeWakeups()).containsExactly(wakeup(B, ended(1, How.PASSED)));
        state.apply(B, new Release("s", 1));
        assertThat(state.takeWakeups()).containsExactly(wakeup(C, ended(1, How.PASSED)));
    }

    @Test
    void shouldGiveBackAPermitWhoseThreadHadGivenUp() {
        acquire(A, 1);
        acquire(B, 1);
        acquire(C, 1);
        state.apply(A, new Release("s", 1));
        assertThat(state.apply(B, new Sync(1, Set.of(), Set.of(1L))))
                .isEqualTo(new Standings(List.of(ended(1, How.TAKEN_BACK)), List.of()));
        assertThat(state.takeWakeups())
                .containsExactly(wakeup(B, ended(1, How.PASSED)), wakeup(C, ended(1, How.PASSED)));
    }

    @Test
    void shouldFreeAPermitWhoseThreadHadGivenUpThoughItsMemberHasLostAnother() {
        acquire(A, 1);
        state.onLeft(Set.of(A));
        acquire(A, 2);
        state.apply(A, new Sync(2, Set.of(), Set.of(2L)));
        assertThat(amount(new Available("s", 1))).isEqualTo(1);
        assertThat(amount(new Release("s", 1))).isEqualTo(1);
    }

    @Test
    void shouldLeaveTheQueueWhenAThreadGivesUp() {
        acquire(A, 1);
        acquire(B, 1);
        acquire(C, 1);
        state.apply(B, new Sync(1, Set.of(), Set.of(1L)));
        assertThat(state.apply(C, new Sync(1, Set.of(1L), Set.of())))
                .isEqualTo(new Standings(List.of(), List.of(new Waits(1, 0))));
        state.apply(A, new Release("s", 1));
        assertThat(state.takeWakeups()).containsExactly(wakeup(C, ended(1, How.PASSED)));
    }

    @Test
    void shouldFreeThePermitsOfAMemberThatLeft() {
        acquire(A, 1);
        acquire(B, 1);
        acquire(C, 1);
        state.onLeft(Set.of(A, B));
        assertThat(state.takeWakeups()).containsExactly(wakeup(C, ended(1, How.PASSED)));
        state.apply(C, new Release("s", 1));
        assertThat(amount(new Available("s", 1))).isEqualTo(1);
    }

    @Test
    void shouldNotAddThePermitsAgainThatAMemberReleasesAfterItHadLeft() {
        acquire(A, 1);
        state.onLeft(Set.of(A));
        assertThat(amount(new Release("s", 1))).isEqualTo(1);
        assertThat(amount(new Release("s", 1)))
                .as("a release without a permit adds one")
                .isEqualTo(2);
    }

    @Test
    void shouldNotWaitForTheReleaseOfAPermitThatAMemberThatHadLeftNeverLearnedOf() {
        acquire(A, 1);
        state.onLeft(Set.of(A));
        assertThat(state.apply(A, new Sync(1, Set.of(1L), Set.of()))).isEqualTo(new Standings(List.of(), List.of()));
        state.apply(A, new Sync(1, Set.of(), Set.of(1L)));
        assertAcquiresAndReleases(2);
    }

    @Test
    void shouldFreeAPermitWhoseReleaseStoodForAnotherThatItsMemberNeverLearnedOf() {
        acquire(A, 1);
        state.onLeft(Set.of(A));
        acquire(A, 2);
        assertThat(amount(new Release("s", 1))).isZero();
        state.apply(A, new Sync(2, Set.of(), Set.of(1L)));
        assertAcquiresAndReleases(3);
    }

    @Test
    void shouldWaitForTheReleaseOfAPermitThatAMemberThatHadLeftKnewOf() {
        acquire(A, 1);
        state.onLeft(Set.of(A));
        state.apply(A, new Sync(1, Set.of(1L), Set.of())); // asked before it knew, and late
        state.apply(A, new Sync(1, Set.of(), Set.of()));
        state.apply(A, new Sync(1, Set.of(), Set.of(1L)));
        assertThat(amount(new Release("s", 1))).isEqualTo(1);
    }

    private void assertAcquiresAndReleases(long place) {
        assertThat(amount(new Available("s", 1))).isEqualTo(1);
        assertThat(acquire(A, place)).isEqualTo(ended(place, How.PASSED));
        assertThat(amount(new Available("s", 1))).isZero();
        assertThat(amount(new Release("s", 1))).isEqualTo(1);
    }

    @Test
    void shouldOpenABarrierToAllItsPartiesAgainAndAgain() {
        for (long round = 1; round <= 2; round++) {
            assertThat(arrive(A, round)).isEqualTo(new Waits(round, 1));
            assertThat(arrive(B, round)).isEqualTo(new Waits(round, 2));
            assertThat(arrive(C, round)).isEqualTo(new Ended(round, How.PASSED, 0, null));
            assertThat(state.takeWakeups())
                    .containsExactly(
                            wakeup(A, new Ended(round, How.PASSED, 2, null)),
                            wakeup(B, new Ended(round, How.PASSED, 1, null)));
        }
    }

    @Test
    void shouldBreakTheRoundWhenAPartyGivesUp() {
        arrive(A, 1);
        arrive(B, 1);
        assertThat(state.apply(A, new Sync(1, Set.of(), Set.of(1L))))
                .isEqualTo(new Standings(List.of(ended(1, How.TAKEN_BACK)), List.of()));
        assertThat(state.takeWakeups()).containsExactly(wakeup(B, ended(1, How.BROKEN)));
        assertThat(arrive(C, 1)).as("the next round begins").isEqualTo(new Waits(1, 1));
    }

    @Test
    void shouldLetAPartyPassThatGaveUpTooLate() {
        arrive(A, 1);
        arrive(B, 1);
        arrive(C, 1);
        assertThat(state.apply(A, new Sync(1, Set.of(), Set.of(1L))))
                .isEqualTo(new Standings(List.of(new Ended(1, How.PASSED, 2, null)), List.of()));
    }

    @Test
    void shouldEndTheRoundOfAPartyThatLeft() {
        arrive(A, 1);
        arrive(B, 1);
        state.onLeft(Set.of(A));
        assertThat(state.takeWakeups()).containsExactly(wakeup(B, new Ended(1, How.MEMBER_LEFT, 0, A)));
        assertThat(arrive(B, 2)).isEqualTo(new Waits(2, 1));
    }

    @Test
    void shouldTakeAnyMemberForAPartyUntilTheFirstRoundHasPassed() {
        arrive(A, 1);
        state.onLeft(Set.of(C));
        assertThat(state.takeWakeups()).containsExactly(wakeup(A, new Ended(1, How.MEMBER_LEFT, 0, C)));
    }

    @Test
    void shouldTakeTheMembersOfTheLastRoundForParties() {
        arrive(A, 1);
        arrive(A, 2);
        arrive(B, 1);
        state.takeWakeups();
        arrive(A, 3);
        state.onLeft(Set.of(C));
        assertThat(state.takeWakeups()).isEmpty();
        state.onLeft(Set.of(B));
        assertThat(state.takeWakeups()).containsExactly(wakeup(A, new Ended(3, How.MEMBER_LEFT, 0, B)));
    }

    @Test
    void shouldOpenALatchAtZeroAndKeepItThere() {
        assertThat(state.apply(B, new AwaitZero("l", 2, 1))).isEqualTo(new Waits(1, 2));
        assertThat(amount(new CountDown("l", 2))).isEqualTo(1);
        state.onLeft(Set.of(C));
        assertThat(amount(new CountDown("l", 2))).isZero();
        assertThat(state.takeWakeups()).containsExactly(wakeup(B, ended(1, How.PASSED)));
        assertThat(amount(new CountDown("l", 2))).isZero();
        assertThat(amount(new Count("l", 2))).isZero();
        assertThat(state.apply(B, new AwaitZero("l", 2, 2))).isEqualTo(ended(2, How.PASSED));
    }

    @Test
    void shouldCalculateWithLongs() {
        assertThat(amount(new Get("n"))).isZero();
        assertThat(amount(new Put("n", 5))).isZero();
        assertThat(amount(new Add("n", -7))).isEqualTo(-2);
        assertThat(amount(new CompareAndSet("n", 5, 6))).isEqualTo(-2);
        assertThat(amount(new CompareAndSet("n", -2, 6))).isEqualTo(-2);
        assertThat(amount(new Get("n"))).isEqualTo(6);
    }

    @Test
    void shouldRefuseAnotherSizeOfTheSameObject() {
        arrive(A, 1);
        Message answer = state.apply(B, new Arrive("b", 4, 1));
        assertThat(((Misuse) answer).reason()).contains("barrier 'b'", "3 parties", "4");
        assertThat(arrive(B, 2)).isEqualTo(new Waits(2, 2));
    }

    @Test
    void shouldKeepKindsOfTheSameNameApart() {
        state.apply(A, new Arrive("x", 3, 1));
        assertThat(amount(new Available("x", 2))).isEqualTo(2);
        assertThat(amount(new Count("x", 5))).isEqualTo(5);
        assertThat(amount(new Get("x"))).isZero();
    }

    @Test
    void shouldRememberHowAWaitEndedUntilItsMemberKnows() {
        acquire(A, 1);
        acquire(B, 1);
        state.apply(A, new Release("s", 1));
        Standings granted = new Standings(List.of(ended(1, How.PASSED)), List.of());
        assertThat(state.apply(B, new Sync(1, Set.of(1L), Set.of()))).isEqualTo(granted);
        assertThat(state.apply(B, new Sync(0, Set.of(), Set.of())))
                .as("a later place")
                .isEqualTo(new Standings(List.of(), List.of()));
        assertThat(state.apply(B, new Sync(1, Set.of(1L), Set.of()))).isEqualTo(granted);
        state.apply(B, new Sync(1, Set.of(), Set.of()));
        assertThat(state.apply(B, new Sync(1, Set.of(1L), Set.of()))).isEqualTo(new Standings(List.of(), List.of()));
    }

    @Test
    void shouldGoOnFromASnapshot() {
        acquire(A, 1);
        acquire(B, 1);
        arrive(A, 2);
        state.apply(C, new AwaitZero("l", 1, 1));
        state.apply(C, new Put("n", 9));
        List<CoordinationPiece> pieces = pieces(state);
        CoordinationState copy = new CoordinationState();
        pieces.forEach(copy::read);
        assertThat(pieces(copy)).isEqualTo(pieces);
        for (CoordinationState one : List.of(state, copy)) {
            one.takeWakeups();
            one.apply(A, new Release("s", 1));
            one.apply(A, new CountDown("l", 1));
            assertThat(one.takeWakeups())
                    .containsExactly(wakeup(B, ended(1, How.PASSED)), wakeup(C, ended(1, How.PASSED)));
        }
        assertThat(pieces(copy)).isEqualTo(pieces(state));
    }

    private static List<CoordinationPiece> pieces(CoordinationState state) {
        List<CoordinationPiece> pieces = new ArrayList<>();
        state.writeTo(pieces::add);
        return pieces;
    }
}
