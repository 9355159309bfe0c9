package org.goaway.protocol.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.ManualClock;
import org.goaway.protocol.membership.RegistrarMessage.Failed;
import org.goaway.protocol.membership.RegistrarMessage.Joining;
import org.goaway.protocol.membership.RegistrarMessage.LeaseRequest;
import org.goaway.protocol.membership.RegistrarMessage.Leaving;
import org.goaway.protocol.membership.RegistrarMessage.Promotion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The leader's side, step by step, on a log that takes everything at once. */
class RegistrarTest {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final MemberId SELF = new MemberId(0, 1);
    private static final MemberId OTHER = new MemberId(0, 2);
    private static final MemberId THIRD = new MemberId(0, 3);
    private static final MemberId CLUSTER = SELF;

    private final ManualClock clock = new ManualClock(5);
    private final EpochRegister register = new EpochRegister();
    private final Registrar registrar = new Registrar(SELF, new Nowhere(), clock, new Log(), LEASE, member -> false);

    private record Nowhere() implements Transport {
        @Override
        public void send(MemberId to, Message message) {}

        @Override
        public void multicast(Collection<MemberId> to, Message message) {}
    }

    private final class Log implements ReplicatedLog {
        @Override
        public Optional<MemberId> leader() {
            return Optional.of(SELF);
        }

        @Override
        public CompletableFuture<Message> append(Message entry) {
            return CompletableFuture.completedFuture(register.apply((MembershipCommand) entry));
        }
    }

    @BeforeEach
    void found() {
        register.apply(new Found(Epoch.founding(Set.of(SELF, OTHER))));
        pass();
    }

    private Epoch epoch() {
        return register.current().orElseThrow();
    }

    /** Long enough for a change, not for a lease to end. */
    private void pass() {
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofMillis(10));
            registrar.onTick(clock.nanos());
        }
    }

    private void askForLease(MemberId member) {
        registrar.onMessage(member, new LeaseRequest(CLUSTER, clock.nanos(), epoch().number(), 0, Set.of()));
    }

    @Test
    void shouldDropItselfWhenItHasFailedAndTakeItselfInAgain() {
        registrar.onMessage(SELF, new Failed(CLUSTER, 1));
        pass();
        assertThat(epoch().joined()).containsOnlyKeys(OTHER);
        assertThat(epoch().full()).containsExactly(OTHER);

        registrar.onMessage(SELF, new Joining(CLUSTER, Set.of(OTHER)));
        pass();
        assertThat(epoch().joined()).containsEntry(SELF, 3L);
    }

    @Test
    void shouldBelieveOnlyWhoFailedInItsPresentStint() {
        registrar.onMessage(OTHER, new Failed(CLUSTER, 1));
        pass();
        registrar.onMessage(OTHER, new Joining(CLUSTER, Set.of(SELF)));
        pass();
        for (int i = 0; i < 5; i++) { // until its wish to come in is forgotten
            askForLease(OTHER);
            pass();
        }
        registrar.onMessage(OTHER, new Failed(CLUSTER, 1)); // it was on its way for long
        pass();
        assertThat(epoch().joined()).containsEntry(OTHER, 3L);

        registrar.onMessage(OTHER, new Failed(CLUSTER, 3));
        pass();
        assertThat(epoch().joined()).containsOnlyKeys(SELF);
    }

    /** The cluster stands still, but what was written is there. */
    @Test
    void shouldKeepTheLastThatHasTheDataThoughItHasFailed() {
        registrar.onMessage(OTHER, new Leaving(CLUSTER));
        pass();
        registrar.onMessage(SELF, new Failed(CLUSTER, 1));
        pass();
        assertThat(epoch().joined()).containsOnlyKeys(SELF);
    }

    @Test
    void shouldKeepOneOfThoseThatFailTogether() {
        registrar.onMessage(OTHER, new Failed(CLUSTER, 1));
        registrar.onMessage(SELF, new Failed(CLUSTER, 1));
        pass();
        assertThat(epoch().full()).containsExactly(SELF);

        registrar.onMessage(OTHER, new Joining(CLUSTER, Set.of(SELF)));
        pass();
        long joined = epoch().joined().get(OTHER);
        registrar.onMessage(OTHER, new Promotion(CLUSTER, joined));
        pass();
        registrar.onMessage(SELF, new Failed(CLUSTER, 1));
        pass();
        assertThat(epoch().full()).as("who came back has all now").containsExactly(OTHER);
    }

    @Test
    void shouldRatherKeepOneThatIsSeenOfThoseThatFailTogether() {
        registrar.onMessage(THIRD, new Joining(CLUSTER, Set.of(SELF, OTHER)));
        pass();
        registrar.onMessage(THIRD, new Promotion(CLUSTER, epoch().number()));
        pass();
        registrar.onMessage(SELF, new Failed(CLUSTER, 1));
        pass();
        assertThat(epoch().full()).containsExactlyInAnyOrder(OTHER, THIRD);

        registrar.onGone(OTHER);
        registrar.onMessage(THIRD, new Failed(CLUSTER, epoch().joined().get(THIRD)));
        registrar.onMessage(OTHER, new Failed(CLUSTER, 1));
        pass();
        assertThat(epoch().full()).containsExactly(THIRD);
    }

    /** The other may be dead, though nobody may drop it yet. */
    @Test
    void shouldKeepOneThatHasFailedWhileTheOtherIsNotSeen() {
        registrar.onGone(OTHER);
        registrar.onMessage(SELF, new Failed(CLUSTER, 1));
        pass();
        assertThat(epoch().joined()).containsOnlyKeys(SELF, OTHER);

        registrar.onPresent(OTHER);
        registrar.onMessage(SELF, new Failed(CLUSTER, 1));
        pass();
        assertThat(epoch().joined()).containsOnlyKeys(OTHER);
    }

    /** What it had asked before it left may still be on its way. */
    @Test
    void shouldNotTakeInAgainWhoHasLeft() {
        registrar.onMessage(OTHER, new Leaving(CLUSTER));
        pass();
        assertThat(epoch().joined()).containsOnlyKeys(SELF);

        registrar.onMessage(OTHER, new Joining(CLUSTER, Set.of(SELF)));
        pass();
        assertThat(epoch().joined()).containsOnlyKeys(SELF);
    }

    /** What the others have asked is read one after the other, and the first of it before the next tick. */
    @Test
    void shouldDropNobodyWhoseRequestsWaitedWhileItsLoopStoodStill() {
        registrar.onMessage(THIRD, new Joining(CLUSTER, Set.of(SELF, OTHER)));
        pass();
        askForLease(SELF);
        askForLease(OTHER);
        askForLease(THIRD);
        pass();

        clock.advance(Duration.ofSeconds(5));
        askForLease(OTHER);
        assertThat(epoch().joined()).containsOnlyKeys(SELF, OTHER, THIRD);

        askForLease(THIRD);
        pass();
        pass();
        assertThat(epoch().joined()).containsOnlyKeys(SELF, OTHER, THIRD);
    }

    @Test
    void shouldDropWhoIsStillSilentAfterItsLoopStoodStill() {
        clock.advance(Duration.ofSeconds(5));
        askForLease(SELF);
        for (int i = 0; i < 25; i++) {
            pass();
        }
        assertThat(epoch().joined()).containsOnlyKeys(SELF);
    }
}
