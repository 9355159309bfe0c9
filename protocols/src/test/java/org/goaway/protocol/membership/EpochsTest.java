package org.goaway.protocol.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Fenced;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.ManualClock;
import org.goaway.protocol.membership.EpochMessage.Announcement;
import org.goaway.protocol.membership.EpochMessage.EpochRequest;
import org.goaway.protocol.membership.EpochMessage.Hello;
import org.goaway.protocol.membership.EpochMessage.LeaseGranted;
import org.goaway.protocol.membership.EpochMessage.NotLeading;
import org.goaway.protocol.membership.EpochMessage.OtherCluster;
import org.goaway.protocol.membership.EpochMessage.Stale;
import org.goaway.protocol.membership.RegistrarMessage.Ended;
import org.goaway.protocol.membership.RegistrarMessage.Failed;
import org.goaway.protocol.membership.RegistrarMessage.Joining;
import org.goaway.protocol.membership.RegistrarMessage.LeaseRequest;
import org.goaway.protocol.membership.RegistrarMessage.Leaving;
import org.goaway.protocol.membership.RegistrarMessage.Promotion;
import org.junit.jupiter.api.Test;

/** One member's side, step by step. */
class EpochsTest {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final MemberId SELF = new MemberId(0, 1);
    private static final MemberId LEADER = new MemberId(0, 2);
    private static final MemberId OTHER = new MemberId(0, 3);

    private record Sent(MemberId to, Message message) {}

    private record Note(long epoch, String text) implements Fenced {}

    private final ManualClock clock = new ManualClock(Long.MAX_VALUE - 5_000_000_000L);
    private final List<Sent> sent = new ArrayList<>();
    private final List<Object> seen = new ArrayList<>();
    private final Looker looker = new Looker();
    private final Failing failing = new Failing();
    private Class<? extends Message> unsendable;
    private long asleep;
    private Optional<MemberId> leader = Optional.of(LEADER);
    private final Epochs epochs = new Epochs(
            SELF,
            new EpochPorts(new Recorder(), clock, () -> clock.nanos() / 1_000_000 + asleep, () -> leader),
            LEASE,
            List.of(failing, looker),
            new EpochListener() {
                @Override
                public void learned(Epoch epoch) {
                    seen.add("learned " + epoch.number());
                }

                @Override
                public void outOf(Epoch epoch) {
                    seen.add("out of " + epoch.number());
                }

                @Override
                public void refused(MemberId other) {
                    seen.add("refused by " + other);
                }
            });

    private final class Recorder implements Transport {
        @Override
        public void send(MemberId to, Message message) {
            if (message.getClass() == unsendable) {
                throw new OutOfMemoryError("of the test");
            }
            sent.add(new Sent(to, message));
        }

        @Override
        public void multicast(Collection<MemberId> to, Message message) {
            to.forEach(member -> send(member, message));
        }
    }

    private final class Looker implements Protocol {
        private boolean synced = true;

        @Override
        public void onMessage(MemberId from, Message message) {
            seen.add(message);
        }

        @Override
        public void onEpoch(Epoch epoch) {
            seen.add(epoch);
        }

        @Override
        public boolean isSynced() {
            return synced;
        }

        @Override
        public void onGone(MemberId member) {
            seen.add(member);
        }

        @Override
        public void onTick(long nanos) {
            seen.add(nanos);
        }
    }

    /** Runs out of memory when it is to. */
    private static final class Failing implements Protocol {
        private boolean fails;

        @Override
        public void onMessage(MemberId from, Message message) {}

        @Override
        public void onEpoch(Epoch epoch) {
            if (fails) {
                throw new OutOfMemoryError("of the test");
            }
        }

        @Override
        public void onGone(MemberId member) {}

        @Override
        public void onTick(long nanos) {}
    }

    private static Epoch epoch(long number, Map<MemberId, Long> joined) {
        return new Epoch(number, joined, List.of(LEADER));
    }

    private static final Epoch FIRST = Epoch.founding(Set.of(SELF, LEADER, OTHER));
    private static final Epoch SECOND = epoch(2, Map.of(SELF, 1L, LEADER, 1L, OTHER, 1L));
    private static final Epoch WITHOUT = epoch(3, Map.of(LEADER, 1L, OTHER, 1L));
    private static final Epoch AGAIN = epoch(4, Map.of(LEADER, 1L, OTHER, 1L, SELF, 4L));

    private void hear(MemberId from, EpochMessage message) {
        epochs.onMessage(from, message);
    }

    private void announce(Epoch epoch) {
        hear(LEADER, new Announcement(SELF, epoch));
    }

    private void pass(Duration time) {
        for (long step = 0; step < time.toMillis(); step += 10) {
            clock.advance(Duration.ofMillis(10));
            epochs.onTick(clock.nanos());
        }
    }

    private <T> List<T> sent(Class<T> type) {
        return sent.stream()
                .map(Sent::message)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private LeaseRequest request() {
        pass(Duration.ofMillis(10));
        List<LeaseRequest> requests = sent(LeaseRequest.class);
        return requests.get(requests.size() - 1);
    }

    private void grant(LeaseRequest request) {
        hear(LEADER, new LeaseGranted(SELF, request.sent(), 1, null));
    }

    private boolean held() {
        return epochs.lease().isHeld();
    }

    @Test
    void shouldHoldTheLeaseFromTheSendingOfTheRequest() {
        epochs.begin(FIRST);
        LeaseRequest request = request();
        clock.advance(Duration.ofMillis(900));
        assertThat(held()).isFalse();
        grant(request);
        assertThat(held()).isTrue();
        clock.advance(Duration.ofMillis(1_099));
        assertThat(held()).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(held()).isFalse();
    }

    @Test
    void shouldRenewInTimeAndAskAgain() {
        epochs.begin(FIRST);
        grant(request());
        sent.clear();
        pass(Duration.ofMillis(230));
        assertThat(sent(LeaseRequest.class)).isEmpty();
        pass(Duration.ofMillis(400));
        assertThat(sent(LeaseRequest.class)).hasSize(2);
    }

    @Test
    void shouldNotShortenTheLeaseByALateGrant() {
        epochs.begin(FIRST);
        LeaseRequest first = request();
        pass(Duration.ofMillis(500));
        grant(request());
        grant(first);
        clock.advance(Duration.ofMillis(1_600));
        assertThat(held()).isTrue();
    }

    @Test
    void shouldNotUseALeaseOfAnEpochItHasNotLearned() {
        epochs.begin(FIRST);
        LeaseRequest request = request();
        hear(LEADER, new LeaseGranted(SELF, request.sent(), 2, null));
        assertThat(held()).isFalse();
        hear(LEADER, new LeaseGranted(SELF, request.sent(), 2, SECOND));
        assertThat(held()).isTrue();
        assertThat(epochs.epoch()).contains(SECOND);
    }

    @Test
    void shouldDropTheLeaseWhenItsLoopComesLate() {
        epochs.begin(FIRST);
        grant(request());
        clock.advance(Duration.ofMillis(1_100));
        assertThat(held()).isTrue();
        epochs.onTick(clock.nanos());
        assertThat(held()).isFalse();
    }

    @Test
    void shouldDropTheLeaseWhenTheHostSlept() {
        epochs.begin(FIRST);
        grant(request());
        asleep = 99;
        pass(Duration.ofMillis(10));
        assertThat(held()).isTrue();
        asleep = 500;
        pass(Duration.ofMillis(10));
        assertThat(held()).isFalse();
        grant(request());
        assertThat(held()).isTrue();
    }

    @Test
    void shouldNotCountWhatItAskedBeforeItSlept() {
        epochs.begin(FIRST);
        LeaseRequest request = request();
        asleep = 500;
        grant(request);
        assertThat(held()).isFalse();
    }

    @Test
    void shouldDeliverMessagesOfALaterEpochOnceItIsLearned() {
        epochs.begin(FIRST);
        seen.clear();
        epochs.receive(OTHER, new Note(2, "a"), looker);
        epochs.receive(OTHER, new Note(4, "b"), looker);
        epochs.receive(OTHER, new Note(2, "c"), looker);
        assertThat(seen).isEmpty();
        assertThat(sent(EpochRequest.class)).containsExactly(new EpochRequest(SELF, 1));
        announce(SECOND);
        assertThat(seen).containsExactly(SECOND, "learned 2", new Note(2, "a"), new Note(2, "c"));
        announce(AGAIN);
        assertThat(seen).endsWith(AGAIN, "learned 4", new Note(4, "b"));
    }

    @Test
    void shouldRefuseMessagesOfAnEarlierEpochOnceForEachSender() {
        epochs.begin(FIRST);
        announce(SECOND);
        seen.clear();
        epochs.receive(OTHER, new Note(1, "a"), looker);
        epochs.receive(OTHER, new Note(1, "b"), looker);
        assertThat(seen).isEmpty();
        assertThat(sent(Stale.class)).containsExactly(new Stale(SELF, 2));
    }

    @Test
    void shouldIgnoreMessagesOfWhoIsNoMember() {
        epochs.begin(FIRST);
        seen.clear();
        epochs.receive(new MemberId(0, 9), new Note(1, "a"), looker);
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldAskForTheEpochOfWhoIsAhead() {
        epochs.begin(FIRST);
        hear(OTHER, new Stale(SELF, 2));
        assertThat(sent).contains(new Sent(OTHER, new EpochRequest(SELF, 1)));
        sent.clear();
        announce(SECOND);
        hear(OTHER, new EpochRequest(SELF, 2));
        assertThat(sent).isEmpty();
        hear(OTHER, new EpochRequest(SELF, 1));
        assertThat(sent).contains(new Sent(OTHER, new Announcement(SELF, SECOND)));
    }

    @Test
    void shouldNeverGoBack() {
        epochs.begin(FIRST);
        announce(SECOND);
        epochs.begin(FIRST);
        announce(WITHOUT);
        announce(SECOND);
        assertThat(epochs.epoch()).contains(SECOND);
        assertThat(epochs.isMember()).isFalse();
        announce(AGAIN);
        announce(WITHOUT);
        assertThat(epochs.epoch()).contains(AGAIN);
        assertThat(epochs.isMember()).isTrue();
    }

    @Test
    void shouldComeBackByItselfWhenItWasDropped() {
        epochs.begin(FIRST);
        grant(request());
        announce(WITHOUT);
        assertThat(held()).isFalse();
        assertThat(seen).endsWith("out of 3");
        sent.clear();
        pass(Duration.ofMillis(500));
        assertThat(sent(Joining.class)).hasSizeGreaterThan(2).containsOnly(new Joining(SELF, Set.of()));
        assertThat(sent(LeaseRequest.class)).isEmpty();
        announce(AGAIN);
        assertThat(request().known()).isEqualTo(4);
    }

    @Test
    void shouldSayThatItsCopiesAreCompleteUntilItIsFull() {
        looker.synced = false;
        announce(AGAIN);
        pass(Duration.ofMillis(300));
        assertThat(sent(Promotion.class)).isEmpty();
        looker.synced = true;
        pass(Duration.ofMillis(300));
        assertThat(sent(Promotion.class)).hasSizeGreaterThan(1).containsOnly(new Promotion(SELF, 4));
        announce(new Epoch(5, AGAIN.joined(), List.of(SELF, LEADER)));
        sent.clear();
        pass(Duration.ofMillis(300));
        assertThat(sent(Promotion.class)).isEmpty();
    }

    @Test
    void shouldLetTheOthersLearnAnEpochThatOneProtocolCannot() {
        epochs.begin(FIRST);
        seen.clear();
        failing.fails = true;
        epochs.receive(OTHER, new Note(2, "a"), looker);
        assertThatThrownBy(() -> announce(SECOND))
                .hasMessageContaining("Failing could not learn epoch 2")
                .hasRootCauseInstanceOf(OutOfMemoryError.class);
        assertThat(seen).containsExactly(SECOND, "learned 2", new Note(2, "a"));
    }

    /** Else it knows an epoch that its protocols do not, with its lease. */
    @Test
    void shouldLetItsProtocolsLearnAnEpochThoughItCannotGreetWhoIsNew() {
        epochs.begin(FIRST);
        seen.clear();
        unsendable = Hello.class;
        Epoch next = epoch(2, Map.of(SELF, 1L, LEADER, 1L, OTHER, 1L, new MemberId(0, 4), 2L));
        assertThatThrownBy(() -> announce(next)).isInstanceOf(OutOfMemoryError.class);
        assertThat(seen).contains(next);
    }

    @Test
    void shouldGoWithoutALeaseUntilAProtocolThatFailedBeginsAnew() {
        epochs.begin(FIRST);
        grant(request());
        failing.fails = true;
        assertThatThrownBy(() -> announce(SECOND)).isInstanceOf(IllegalStateException.class);
        assertThat(held()).isFalse();
        failing.fails = false;
        sent.clear();
        announce(new Epoch(3, SECOND.joined(), List.of(LEADER)));
        pass(LEASE);
        assertThat(sent(LeaseRequest.class)).isEmpty();
        assertThat(sent(Promotion.class)).isEmpty();
        assertThat(sent(Failed.class)).hasSizeGreaterThan(1).containsOnly(new Failed(SELF, 1));
        announce(epoch(4, Map.of(LEADER, 1L, OTHER, 1L)));
        sent.clear();
        announce(epoch(5, Map.of(LEADER, 1L, OTHER, 1L, SELF, 5L)));
        grant(request());
        assertThat(held()).isTrue();
        pass(Duration.ofMillis(300));
        assertThat(sent(Promotion.class)).isNotEmpty();
        assertThat(sent(Failed.class)).isEmpty();
    }

    /** It asks the leader for nothing, so nobody would tell it a second time that it was dropped. */
    @Test
    void shouldAskForTheEpochAfterOneThatAProtocolCouldNotLearn() {
        epochs.begin(FIRST);
        failing.fails = true;
        assertThatThrownBy(() -> announce(SECOND)).isInstanceOf(IllegalStateException.class);
        failing.fails = false;
        sent.clear();
        pass(LEASE);
        assertThat(sent).contains(new Sent(LEADER, new EpochRequest(SELF, 2)));
        assertThat(sent(EpochRequest.class)).hasSizeBetween(8, 17);
        announce(WITHOUT);
        sent.clear();
        pass(LEASE);
        assertThat(sent(EpochRequest.class)).isEmpty();
        assertThat(sent(Joining.class)).isNotEmpty();
    }

    @Test
    void shouldGiveUpItsLeaseBeforeItLeaves() {
        epochs.begin(FIRST);
        LeaseRequest request = request();
        grant(request);
        CompletableFuture<Void> left = epochs.leave();
        assertThat(held()).isFalse();
        assertThat(sent(Leaving.class)).isNotEmpty();
        grant(request);
        assertThat(held()).isFalse();
        announce(WITHOUT);
        assertThat(left).isCompleted();
        sent.clear();
        pass(Duration.ofSeconds(1));
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldNotWaitForEverToLeave() {
        epochs.begin(FIRST);
        CompletableFuture<Void> left = epochs.leave();
        pass(LEASE.minusMillis(20));
        assertThat(left).isNotDone();
        pass(Duration.ofMillis(20));
        assertThat(left).isCompleted();
    }

    @Test
    void shouldLeaveAtOnceWhenItIsAlone() {
        epochs.begin(Epoch.founding(Set.of(SELF)));
        assertThat(epochs.leave()).isCompleted();
    }

    @Test
    void shouldTellTheEndOfAProcessUntilItIsOut() {
        epochs.begin(FIRST);
        epochs.onEnded(OTHER);
        pass(Duration.ofMillis(300));
        assertThat(sent(Ended.class)).hasSizeGreaterThan(1).containsOnly(new Ended(SELF, OTHER));
        announce(epoch(2, Map.of(SELF, 1L, LEADER, 1L)));
        sent.clear();
        pass(Duration.ofMillis(300));
        assertThat(sent(Ended.class)).isEmpty();
    }

    @Test
    void shouldAskTheMembersOneAfterTheOtherWhoLeads() {
        leader = Optional.empty();
        epochs.begin(FIRST);
        pass(Duration.ofMillis(800));
        assertThat(sent).extracting(Sent::to).contains(LEADER, OTHER);
        hear(OTHER, new NotLeading(LEADER));
        sent.clear();
        pass(Duration.ofMillis(20));
        assertThat(sent).extracting(Sent::to).isNotEmpty().containsOnly(LEADER);
    }

    /** Whoever it asked in vain first could be the third or fourth: who leads would have dropped it by then. */
    @Test
    void shouldAskWhoLedFirstWhenItsLoopHadStopped() {
        leader = Optional.empty();
        epochs.begin(FIRST);
        for (int i = 0; i < 4; i++) { // one after the other would not be the leader's turn each time
            grant(request());
            sent.clear();
            clock.advance(LEASE.multipliedBy(3));
            pass(Duration.ofMillis(20));
            assertThat(sent(LeaseRequest.class)).isNotEmpty();
            assertThat(sent.stream().filter(each -> each.message() instanceof LeaseRequest))
                    .extracting(Sent::to)
                    .containsOnly(LEADER);
        }
    }

    @Test
    void shouldAskOthersWhereWhoLedDoesNotAnswerAndItsLoopStopsAgainAndAgain() {
        leader = Optional.empty();
        epochs.begin(FIRST);
        grant(request());
        sent.clear();
        for (int i = 0; i < 4; i++) {
            clock.advance(LEASE.multipliedBy(3));
            pass(Duration.ofMillis(10));
        }
        assertThat(sent.stream().filter(each -> each.message() instanceof LeaseRequest))
                .extracting(Sent::to)
                .contains(OTHER);
    }

    @Test
    void shouldStayApartFromAnotherCluster() {
        epochs.begin(FIRST);
        hear(LEADER, new Announcement(OTHER, SECOND));
        hear(LEADER, new LeaseGranted(OTHER, request().sent(), 1, null));
        hear(LEADER, new OtherCluster(OTHER));
        assertThat(epochs.epoch()).contains(FIRST);
        assertThat(held()).isFalse();
        assertThat(seen).endsWith("refused by " + OTHER);
    }

    @Test
    void shouldJoinAsANewProcess() {
        epochs.onPresent(LEADER);
        pass(Duration.ofMillis(300));
        assertThat(sent).isEmpty();
        epochs.join();
        pass(Duration.ofMillis(300));
        assertThat(sent).contains(new Sent(LEADER, new Joining(null, Set.of())));
        announce(AGAIN);
        assertThat(epochs.isMember()).isTrue();
    }
}
