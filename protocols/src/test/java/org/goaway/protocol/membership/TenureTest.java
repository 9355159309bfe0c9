package org.goaway.protocol.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a leader makes of the renewals that the register counts. */
class TenureTest {

    private static final LeaseTimes TIMES = LeaseTimes.of(Duration.ofSeconds(2));
    private static final MemberId LEADER = new MemberId(0, 1);
    private static final MemberId MEMBER = new MemberId(0, 2);

    private final long start = Long.MAX_VALUE - TIMES.over();
    private final Tenure tenure = new Tenure(TIMES, new BrokenLinks(LEADER, TIMES, any -> false), start);

    @BeforeEach
    void learnOfManyRenewals() {
        learn(1, 1, 57, start);
    }

    private void learn(long epoch, long joined, long count, long now) {
        Epoch record = new Epoch(epoch, Map.of(LEADER, 1L, MEMBER, joined), List.of(LEADER));
        tenure.learn(new Agreed(LEADER, record, Set.of(), Map.of(LEADER, 0L, MEMBER, count)), now);
    }

    @Test
    void shouldTakeALeaseForOverWhenItWasNotRenewed() {
        long later = start + TIMES.over();
        assertThat(tenure.isLeaseOver(MEMBER, later - 1)).isFalse();
        assertThat(tenure.isLeaseOver(MEMBER, later)).isTrue();
        learn(2, 1, 57, later);
        assertThat(tenure.isLeaseOver(MEMBER, later)).isTrue();
        learn(2, 1, 58, later);
        assertThat(tenure.isLeaseOver(MEMBER, later)).isFalse();
    }

    /** As when another one has led meanwhile, and dropped the member and taken it back. */
    @Test
    void shouldCountTheRenewalsOfALaterStintAnew() {
        long later = start + TIMES.over();
        learn(3, 3, 1, later);
        assertThat(tenure.isLeaseOver(MEMBER, later)).isFalse();
        learn(3, 3, 2, later + 1);
        assertThat(tenure.isLeaseOver(MEMBER, later + TIMES.over())).isFalse();
        assertThat(tenure.isLeaseOver(MEMBER, later + 1 + TIMES.over())).isTrue();
    }

    @Test
    void shouldTakeAsManyRenewalsOfALaterStintForNew() {
        long later = start + TIMES.over();
        learn(3, 3, 57, later);
        assertThat(tenure.isLeaseOver(MEMBER, later)).isFalse();
    }
}
