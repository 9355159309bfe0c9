package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

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
    private final Departures departures = new Departures(
            SELF,
            (members, atOnce) -> {
                lost.addAll(members);
                backAtOnce.addAll(atOnce);
            },
            back::add);

    @Test
    void shouldNotBelieveTheViewAlone() {
        departures.onEpoch(epoch(1, Map.of(SELF, 1L, OTHER, 1L)));

        departures.onUnseen(OTHER, 0);
        departures.onTick(Departures.UNAGREED_NANOS - 1);
        assertThat(lost).isEmpty();

        departures.onEpoch(epoch(2, Map.of(SELF, 1L)));
        assertThat(lost).containsExactly(OTHER);
    }

    /** Of a member that comes in the view may change before it learns its first epoch. */
    @Test
    void shouldTellOfThoseBackWhoWereLostBeforeTheFirstEpoch() {
        departures.onUnseen(OTHER, 0);
        departures.onUnseen(THIRD, 0);
        departures.onSeen(OTHER);
        assertThat(lost).containsExactly(OTHER, THIRD);

        departures.onEpoch(epoch(2, Map.of(SELF, 2L, OTHER, 1L)));
        assertThat(back).containsExactly(OTHER);
    }

    @Test
    void shouldEndWhatWasBeforeAMemberEnteredAnew() {
        departures.onEpoch(epoch(1, Map.of(SELF, 1L, OTHER, 1L, THIRD, 1L)));
        departures.onEpoch(epoch(3, Map.of(SELF, 1L, OTHER, 3L, THIRD, 1L)));
        assertThat(lost).containsExactly(OTHER);
        assertThat(backAtOnce).containsExactly(OTHER);
    }

    @Test
    void shouldEndEverythingWhenThisMemberEntersAnew() {
        departures.onEpoch(epoch(1, Map.of(SELF, 1L, OTHER, 1L, THIRD, 1L)));
        departures.onEpoch(epoch(3, Map.of(SELF, 3L, OTHER, 1L, THIRD, 1L)));
        assertThat(lost).containsExactly(OTHER, THIRD);
        assertThat(backAtOnce).containsExactly(OTHER, THIRD);
        assertThat(back).isEmpty();
    }

    @Test
    void shouldLoseOneThatEnteredAnewOutOfView() {
        departures.onEpoch(epoch(1, Map.of(SELF, 1L, OTHER, 1L)));
        departures.onUnseen(OTHER, 0);
        departures.onEpoch(epoch(3, Map.of(SELF, 1L, OTHER, 3L)));
        assertThat(lost).containsExactly(OTHER);
        departures.onSeen(OTHER);
        assertThat(back).containsExactly(OTHER);
        assertThat(backAtOnce).isEmpty();
    }

    /** Some later epochs may have it still. */
    @Test
    void shouldNotTakeOneForBackWhoseProcessHasEnded() {
        departures.onEpoch(epoch(1, Map.of(SELF, 1L, OTHER, 1L)));
        departures.onEnded(OTHER);
        departures.onEpoch(epoch(2, Map.of(SELF, 1L, OTHER, 1L, THIRD, 2L)));
        assertThat(back).isEmpty();
        departures.onSeen(OTHER);
        assertThat(back).isEmpty();
        assertThat(lost).containsExactly(OTHER);
    }

    @Test
    void shouldTellOnceOfAProcessThatEnded() {
        departures.onEpoch(epoch(1, Map.of(SELF, 1L, OTHER, 1L)));
        departures.onEnded(OTHER);
        departures.onUnseen(OTHER, 0);
        departures.onEpoch(epoch(2, Map.of(SELF, 1L)));
        assertThat(lost).containsExactly(OTHER);
    }

    @Test
    void shouldTellAgainOfOneThatWasBack() {
        departures.onEpoch(epoch(1, Map.of(SELF, 1L, OTHER, 1L)));
        departures.onEpoch(epoch(2, Map.of(SELF, 1L)));
        departures.onEpoch(epoch(3, Map.of(SELF, 1L, OTHER, 3L)));
        departures.onSeen(OTHER);
        departures.onEpoch(epoch(4, Map.of(SELF, 1L)));
        assertThat(lost).containsExactly(OTHER, OTHER);
        assertThat(back).containsExactly(OTHER);
    }

    @Test
    void shouldNotWaitForEverWhereNothingCanBeAgreedOn() {
        departures.onEpoch(epoch(1, Map.of(SELF, 1L, OTHER, 1L)));
        departures.onUnseen(OTHER, 5);
        departures.onTick(5 + Departures.UNAGREED_NANOS);
        departures.onTick(6 + Departures.UNAGREED_NANOS);
        assertThat(lost).containsExactly(OTHER);
    }

    private static Epoch epoch(long number, Map<MemberId, Long> joined) {
        return new Epoch(number, new TreeMap<>(joined), List.copyOf(joined.keySet()));
    }
}
