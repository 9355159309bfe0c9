package org.goaway.internal.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrowdTest {

    private final Crowd<String, String> crowd = new Crowd<>(3);

    @Test
    void shouldSendNobodyAwayWhileThereIsRoom() {
        assertThat(crowd.enter("a1", "a")).isNull();
        assertThat(crowd.enter("a2", "a")).isNull();
        assertThat(crowd.enter("a3", "a")).isNull();
        crowd.leave("a2");
        assertThat(crowd.enter("b1", "b")).isNull();
        assertThat(crowd.all()).containsExactly("a1", "a3", "b1");
    }

    @Test
    void shouldSendTheOldestAwayOfWhoHasMost() {
        crowd.enter("b1", "b");
        crowd.enter("a1", "a");
        crowd.enter("a2", "a");
        assertThat(crowd.enter("c1", "c")).isEqualTo("a1");
        assertThat(crowd.enter("a3", "a")).isEqualTo("a2");
        assertThat(crowd.enter("b2", "b")).isEqualTo("b1");
        assertThat(crowd.all()).containsExactly("c1", "a3", "b2");
    }

    /** So that a member that proved itself too late is not taken for one that may stay. */
    @Test
    void shouldTellOneThatLeavesWhetherItWasStillThere() {
        crowd.enter("a1", "a");
        crowd.enter("a2", "a");
        crowd.enter("a3", "a");
        crowd.enter("b1", "b");
        assertThat(crowd.leave("a1")).isFalse();
        assertThat(crowd.leave("a2")).isTrue();
        assertThat(crowd.leave("a2")).isFalse();
    }
}
