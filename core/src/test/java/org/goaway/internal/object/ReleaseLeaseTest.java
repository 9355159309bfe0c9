package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.goaway.Held;
import org.goaway.LockLostException;
import org.goaway.UnavailableException;
import org.goaway.UpdateOnRelease;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread is in a section, and its member has lost its lease: another may have been let in meanwhile. */
@Timeout(30)
class ReleaseLeaseTest {

    private final InMemoryNodes nodes = new InMemoryNodes(3);
    private final InMemoryNode node = nodes.node(0);
    private final UpdateOnRelease here = node.live("r", Duration.ofMillis(50));
    private final UpdateOnRelease patient = node.live("r", Duration.ofHours(1));
    private final UpdateOnRelease there = nodes.node(1).live("r");
    private long[] array;

    /** A program has one handle of an object, and that one its arrays. */
    private void loseTheLeaseInASectionOf(UpdateOnRelease handle) {
        array = handle.array("a", long[].class, 2);
        handle.acquire();
        handle.set("x", 1);
        array[0] = 1;
        node.leased = false;
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private void assertNothingOfItCounts() {
        assertThat(array).containsOnly(0);
        assertThat(there.tryAcquire(Duration.ofSeconds(5))).isTrue();
        assertThat(there.fields()).isEmpty();
        there.release();
    }

    @Test
    void shouldNotReleaseAsIfItWasInWhileNobodyHereKnows() {
        loseTheLeaseInASectionOf(here);

        assertThatThrownBy(here::release)
                .isInstanceOf(LockLostException.class)
                .hasMessageContainingAll("UpdateOnRelease 'r'", "may have been lost", "dropped");

        assertNothingOfItCounts();
    }

    @Test
    void shouldReleaseOnceTheLeaseIsBack() {
        loseTheLeaseInASectionOf(patient);
        node.beforeWait = () -> node.leased = true;

        patient.release();

        try (Held held = there.acquire()) {
            assertThat(there.get("x")).isEqualTo(1);
            assertThat(there.array("a", long[].class, 2)).containsExactly(1, 0);
        }
    }

    @Test
    void shouldLearnOfALossBeforeItReleases() {
        loseTheLeaseInASectionOf(patient);
        node.beforeWait = () -> {
            node.beforeWait = () -> {};
            MemberId out = node.id;
            nodes.change(
                    List.of(out),
                    List.of(),
                    nodes.ids().stream().filter(id -> !id.equals(out)).toList());
            nodes.change(List.of(), List.of(out), nodes.ids());
            node.renewLease();
        };

        assertThatThrownBy(patient::release)
                .isInstanceOf(LockLostException.class)
                .hasMessageContaining("out of the cluster");

        assertNothingOfItCounts();
    }

    @Test
    void shouldNotEnterAgainWhileNobodyHereKnows() {
        loseTheLeaseInASectionOf(here);

        assertThatThrownBy(here::acquire).isInstanceOf(UnavailableException.class);
        assertThat(patient.tryAcquire(Duration.ofMillis(1))).isFalse();
        assertThat(patient.tryAcquire(Duration.ZERO)).isFalse();

        node.leased = true;
        here.release();
        assertThat(there.tryAcquire(Duration.ofSeconds(5)))
                .as("left as often as entered")
                .isTrue();
    }

    @Test
    void shouldEnterAgainOnceTheLeaseIsBack() {
        loseTheLeaseInASectionOf(patient);
        node.beforeWait = () -> node.leased = true;
        assertThat(patient.tryAcquire(Duration.ofHours(1))).isTrue();
        node.leased = false;
        try (Held again = patient.acquire()) {
            assertThat(again.token()).isPositive();
        }
        patient.release();
        node.beforeWait = () -> {};
        patient.release();
        assertThat(there.tryAcquire(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void shouldShowNothingFromAfterTheLossOfItsSectionHoweverLongItPauses() {
        try (Held held = patient.acquire()) {
            patient.set("x", 1);
        }
        patient.acquire();
        loseTheSectionAfterTheNextLookAtTheLease(2);
        assertThat(patient.get("x")).isEqualTo(1);
        assertThatThrownBy(() -> patient.get("x")).isInstanceOf(LockLostException.class);
        assertThatThrownBy(patient::release).isInstanceOf(LockLostException.class);

        patient.acquire();
        loseTheSectionAfterTheNextLookAtTheLease(null);
        assertThat(patient.fields()).containsExactly("x");
        assertThatThrownBy(patient::fields).isInstanceOf(LockLostException.class);
        assertThatThrownBy(patient::release).isInstanceOf(LockLostException.class);
    }

    /** Its thread is stopped there for so long that another one is in, and sets the field. */
    private void loseTheSectionAfterTheNextLookAtTheLease(Object value) {
        Thread stopped = Thread.currentThread();
        node.afterLease = () -> {
            if (Thread.currentThread() != stopped) {
                return;
            }
            node.afterLease = () -> {};
            MemberId out = node.id;
            nodes.change(
                    List.of(out),
                    List.of(),
                    nodes.ids().stream().filter(id -> !id.equals(out)).toList());
            nodes.change(List.of(), List.of(out), nodes.ids());
            try (Held held = there.acquire()) {
                there.set("x", value);
            }
            there.flush();
        };
    }
}
