package org.goaway.protocol.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.ManualClock;
import org.goaway.protocol.membership.EpochMessage.Heard;
import org.goaway.protocol.membership.EpochMessage.Hello;
import org.junit.jupiter.api.Test;

/** Whom a member hears and is heard by. */
class ContactsTest {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final MemberId SELF = new MemberId(0, 1);
    private static final MemberId ONE = new MemberId(0, 2);
    private static final MemberId TWO = new MemberId(0, 3);

    private record Sent(MemberId to, Message message) {}

    private final ManualClock clock = new ManualClock(Long.MAX_VALUE - 3_000_000_000L);
    private final List<Sent> sent = new ArrayList<>();
    private final Transport transport = new Transport() {
        @Override
        public void send(MemberId to, Message message) {
            sent.add(new Sent(to, message));
        }

        @Override
        public void multicast(Collection<MemberId> to, Message message) {
            to.forEach(member -> send(member, message));
        }
    };
    private final Contacts contacts =
            new Contacts(SELF, new EpochPorts(transport, clock, () -> 0, Optional::empty), LeaseTimes.of(LEASE));

    private void pass(Duration time) {
        for (long step = 0; step < time.toMillis(); step += 10) {
            clock.advance(Duration.ofMillis(10));
            contacts.onTick(clock.nanos());
        }
    }

    private void begin() {
        contacts.onPeers(List.of(SELF, ONE, TWO));
    }

    @Test
    void shouldGreetItsPeersAtOnceAndAgain() {
        begin();
        Hello first = new Hello(clock.nanos());
        assertThat(sent).containsExactlyInAnyOrder(new Sent(ONE, first), new Sent(TWO, first));
        pass(LEASE);
        assertThat(sent).hasSize(2 * 5);
    }

    @Test
    void shouldGreetOnlyWhoIsNewWhenItsPeersChange() {
        contacts.onPeers(List.of(SELF, ONE));
        sent.clear();
        begin();
        assertThat(sent).containsExactly(new Sent(TWO, new Hello(clock.nanos())));
    }

    @Test
    void shouldAnswerAnybody() {
        contacts.onHello(TWO, new Hello(5));
        assertThat(sent).containsExactly(new Sent(TWO, new Heard(5)));
    }

    @Test
    void shouldMissWhoDoesNotAnswerForALease() {
        begin();
        Heard answer = new Heard(clock.nanos());
        pass(Duration.ofMillis(500));
        assertThat(contacts.onHeard(ONE, answer)).isTrue();
        assertThat(contacts.onHeard(ONE, answer)).isFalse();
        assertThat(contacts.heard()).containsExactly(ONE);
        assertThat(contacts.unheard()).isEmpty();
        pass(Duration.ofMillis(1_400));
        assertThat(contacts.heard()).containsExactly(ONE);
        assertThat(contacts.unheard()).isEmpty();
        pass(Duration.ofMillis(100));
        assertThat(contacts.unheard()).as("counted from the greeting").containsExactlyInAnyOrder(ONE, TWO);
        assertThat(contacts.heard()).isEmpty();
    }

    @Test
    void shouldKeepTheLatestOfAnswersThatOvertakeEachOther() {
        begin();
        Heard early = new Heard(clock.nanos());
        pass(Duration.ofMillis(500));
        Heard late = new Heard(clock.nanos());
        contacts.onHeard(ONE, late);
        contacts.onHeard(ONE, early);
        pass(Duration.ofMillis(1_900));
        assertThat(contacts.heard()).containsExactly(ONE);
    }

    @Test
    void shouldBeginAnewWhenItsLoopStoodStill() {
        begin();
        clock.advance(LEASE);
        contacts.onTick(clock.nanos());
        assertThat(contacts.unheard()).isEmpty();
        pass(LEASE);
        assertThat(contacts.unheard()).isEqualTo(Set.of(ONE, TWO));
    }

    @Test
    void shouldNotMindStrangers() {
        begin();
        assertThat(contacts.onHeard(new MemberId(0, 9), new Heard(clock.nanos())))
                .isFalse();
        contacts.onPeers(List.of(SELF, ONE));
        assertThat(contacts.onHeard(TWO, new Heard(clock.nanos()))).isFalse();
        assertThat(contacts.heard()).isEmpty();
    }
}
