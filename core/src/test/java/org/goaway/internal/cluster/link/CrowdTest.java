package org.goaway.internal.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdTest {

    private final Crowd<String, String> crowd = new Crowd<>(3);

    @Test
    void shouldSendNobodyAwayWhileThereIsRoom() {
        assertThat(crowd.enter("a1", List.of("a"))).isNull();
        assertThat(crowd.enter("a2", List.of("a"))).isNull();
        assertThat(crowd.enter("a3", List.of("a"))).isNull();
        crowd.leave("a2");
        assertThat(crowd.enter("b1", List.of("b"))).isNull();
        assertThat(crowd.all()).containsExactly("a1", "a3", "b1");
    }

    @Test
    void shouldSendTheOldestAwayOfWhoHasMost() {
        crowd.enter("b1", List.of("b"));
        crowd.enter("a1", List.of("a"));
        crowd.enter("a2", List.of("a"));
        assertThat(crowd.enter("c1", List.of("c"))).isEqualTo("a1");
        assertThat(crowd.enter("a3", List.of("a"))).isEqualTo("a2");
        assertThat(crowd.enter("b2", List.of("b"))).isEqualTo("b1");
        assertThat(crowd.all()).containsExactly("c1", "a3", "b2");
    }

    /** One that has a whole network may come from another address of it each time. */
    @Test
    void shouldCountNetworksBeforeAddresses() {
        crowd.enter("b1", List.of("b", "b.1"));
        crowd.enter("a1", List.of("a", "a.1"));
        crowd.enter("a2", List.of("a", "a.2"));
        assertThat(crowd.enter("c1", List.of("c", "c.1"))).isEqualTo("a1");
    }

    @Test
    void shouldSendTheOldestAwayOfWhoHasMostInANetwork() {
        crowd.enter("quiet", List.of("a", "a.1"));
        crowd.enter("first", List.of("a", "a.2"));
        crowd.enter("second", List.of("a", "a.2"));
        assertThat(crowd.enter("b1", List.of("b", "b.1"))).isEqualTo("first");
        assertThat(crowd.enter("third", List.of("a", "a.2"))).isEqualTo("second");
    }

    /** So that a member that proved itself too late is not taken for one that may stay. */
    @Test
    void shouldTellOneThatLeavesWhetherItWasStillThere() {
        crowd.enter("a1", List.of("a"));
        crowd.enter("a2", List.of("a"));
        crowd.enter("a3", List.of("a"));
        crowd.enter("b1", List.of("b"));
        assertThat(crowd.leave("a1")).isFalse();
        assertThat(crowd.leave("a2")).isTrue();
        assertThat(crowd.leave("a2")).isFalse();
    }
}
