package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.Test;

class DeparturesTest {

    private static final MemberId SELF = new MemberId(0, 1);
    private static final MemberId OTHER = new MemberId(0, 2);
    private static final MemberId THIRD = new MemberId(0, 3);

    private final List<MemberId> lost = new ArrayList<>();
    private final List<MemberId> back = new ArrayList<>();
    private final List<MemberId> backAtOnce = new ArrayList<>();
    private int losses;
    private final Departures departures = new Departures(
            SELF,
            (members, atOnce) -> {
                lost.addAll(members);
                backAtOnce.addAll(atOnce);
                losses++;
            },
            back::add);

    @Test
    void shouldNotBelieveTheViewAlone() {
        learn(epoch(1, Map.of(SELF, 1L, OTHER, 1L)));

        departures.onUnseen(OTHER, 0);
        departures.onTick(Departures.UNAGREED_NANOS - 1);
        assertThat(lost).isEmpty();

        learn(epoch(2, Map.of(SELF, 1L)));
        assertThat(lost).containsExactly(OTHER);
    }

    /** Of a member that comes in the view may change before it learns its first epoch. */
    @Test
    void shouldTellOfThoseBackWhoWereLostBeforeTheFirstEpoch() {
        departures.onUnseen(OTHER, 0);
        departures.onUnseen(THIRD, 0);
        departures.onSeen(OTHER);
        assertThat(lost).containsExactly(OTHER, THIRD);

        learn(epoch(2, Map.of(SELF, 2L, OTHER, 1L)));
        assertThat(back).containsExactly(OTHER);
    }

    @Test
    void shouldEndWhatWasBeforeAMemberEnteredAnew() {
        learn(epoch(1, Map.of(SELF, 1L, OTHER, 1L, THIRD, 1L)));
        learn(epoch(3, Map.of(SELF, 1L, OTHER, 3L, THIRD, 1L)));
        assertThat(lost).containsExactly(OTHER);
        assertThat(backAtOnce).containsExactly(OTHER);
    }

    @Test
    void shouldEndEverythingWhenThisMemberEntersAnew() {
        learn(epoch(1, Map.of(SELF, 1L, OTHER, 1L, THIRD, 1L)));
        learn(epoch(3, Map.of(SELF, 3L, OTHER, 1L, THIRD, 1L)));
        assertThat(lost).containsExactly(OTHER, THIRD);
        assertThat(backAtOnce).containsExactly(OTHER, THIRD);
        assertThat(losses).as("told at once").isEqualTo(1);
        assertThat(back).isEmpty();
    }

    @Test
    void shouldLoseOneThatEnteredAnewOutOfView() {
        learn(epoch(1, Map.of(SELF, 1L, OTHER, 1L)));
        departures.onUnseen(OTHER, 0);
        learn(epoch(3, Map.of(SELF, 1L, OTHER, 3L)));
        assertThat(lost).containsExactly(OTHER);
        departures.onSeen(OTHER);
        assertThat(back).containsExactly(OTHER);
        assertThat(backAtOnce).isEmpty();
    }

    /** Who is back may be all that is left for what a lost member had. */
    @Test
    void shouldTellOfReturnsBeforeLosses() {
        learn(epoch(1, Map.of(SELF, 1L, OTHER, 1L, THIRD, 1L)));
        learn(epoch(2, Map.of(SELF, 1L, THIRD, 1L)));
        lost.clear();
        learn(epoch(3, Map.of(SELF, 1L, OTHER, 3L)));
        assertThat(back).containsExactly(OTHER);
        assertThat(lost).containsExactly(THIRD);
    }

    @Test
    void shouldTellAReturnAgainThatCouldNotBeTold() {
        List<MemberId> told = new ArrayList<>();
        Departures failing = new Departures(SELF, (members, atOnce) -> {}, member -> {
            told.add(member);
            if (told.size() == 1) {
                throw new OutOfMemoryError("meant to be");
            }
        });
        failing.onUnseen(OTHER, 0);
        failing.onEpoch(epoch(1, Map.of(SELF, 1L, OTHER, 1L)));
        assertThatThrownBy(() -> failing.onSeen(OTHER)).isInstanceOf(OutOfMemoryError.class);
        failing.onTick(1);
        failing.onTick(2);
        assertThat(told).containsExactly(OTHER, OTHER);
    }

    /** Some later epochs may have it still. */
    @Test
    void shouldNotTakeOneForBackWhoseProcessHasEnded() {
        learn(epoch(1, Map.of(SELF, 1L, OTHER, 1L)));
        departures.onEnded(OTHER);
        learn(epoch(2, Map.of(SELF, 1L, OTHER, 1L, THIRD, 2L)));
        assertThat(back).isEmpty();
        departures.onSeen(OTHER);
        assertThat(back).isEmpty();
        assertThat(lost).containsExactly(OTHER);
    }

    @Test
    void shouldTellOnceOfAProcessThatEnded() {
        learn(epoch(1, Map.of(SELF, 1L, OTHER, 1L)));
        departures.onEnded(OTHER);
        departures.onUnseen(OTHER, 0);
        learn(epoch(2, Map.of(SELF, 1L)));
        assertThat(lost).containsExactly(OTHER);
    }

    @Test
    void shouldTellAgainOfOneThatWasBack() {
        learn(epoch(1, Map.of(SELF, 1L, OTHER, 1L)));
        learn(epoch(2, Map.of(SELF, 1L)));
        learn(epoch(3, Map.of(SELF, 1L, OTHER, 3L)));
        departures.onSeen(OTHER);
        learn(epoch(4, Map.of(SELF, 1L)));
        assertThat(lost).containsExactly(OTHER, OTHER);
        assertThat(back).containsExactly(OTHER);
    }

    @Test
    void shouldNotWaitForEverWhereNothingCanBeAgreedOn() {
        learn(epoch(1, Map.of(SELF, 1L, OTHER, 1L)));
        departures.onUnseen(OTHER, 5);
        departures.onTick(5 + Departures.UNAGREED_NANOS);
        departures.onTick(6 + Departures.UNAGREED_NANOS);
        assertThat(lost).containsExactly(OTHER);
    }

    @Test
    void shouldTellALossAgainThatCouldNotBeTold() {
        List<String> told = new ArrayList<>();
        Departures failing = new Departures(
                SELF,
                (members, atOnce) -> {
                    told.add("lost " + members + ", of them back " + atOnce);
                    if (told.size() == 1) {
                        throw new OutOfMemoryError("meant to be");
                    }
                },
                member -> told.add("back " + member));
        failing.onEpoch(epoch(1, Map.of(SELF, 1L, OTHER, 1L)));
        assertThatThrownBy(() -> failing.onEpoch(epoch(3, Map.of(SELF, 3L, OTHER, 1L))))
                .isInstanceOf(OutOfMemoryError.class);
        told.add("tick");
        failing.onTick(1);
        failing.onTick(2);
        assertThat(told).containsExactly("lost [m2], of them back [m2]", "tick", "lost [m2], of them back [m2]");
    }

    /** Each of them ends what was between the two, too, when it learns of that. */
    @Test
    void shouldKnowFromWhomItIsPartedOnceItIsOut() {
        assertThat(departures.onOut()).isEmpty();
        learn(epoch(1, Map.of(SELF, 1L, OTHER, 1L, THIRD, 1L)));
        departures.onEnded(THIRD);
        assertThat(departures.onOut()).containsExactly(OTHER);
        assertThat(lost).containsExactly(THIRD);
    }

    /** What it says then is of a time after this member's return, which this one does not know yet. */
    @Test
    void shouldTakeNobodyForBackWhileThisMemberIsOut() {
        learn(epoch(1, Map.of(SELF, 1L, OTHER, 1L)));
        departures.onUnseen(OTHER, 0);
        departures.onTick(Departures.UNAGREED_NANOS);
        assertThat(lost).containsExactly(OTHER);

        assertThat(departures.onOut()).isEmpty();
        departures.onSeen(OTHER);
        departures.onTick(Departures.UNAGREED_NANOS + 1);
        assertThat(back).isEmpty();
        learn(epoch(3, Map.of(SELF, 3L, OTHER, 1L)));
        assertThat(back).containsExactly(OTHER);
        assertThat(lost).as("once").containsExactly(OTHER);
    }

    private void learn(Epoch epoch) {
        departures.onEpoch(epoch);
    }

    private static Epoch epoch(long number, Map<MemberId, Long> joined) {
        return new Epoch(number, new TreeMap<>(joined), List.copyOf(joined.keySet()));
    }
}
