package org.goaway.protocol.spine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;
import org.goaway.protocol.kit.ManualClock;
import org.goaway.protocol.spine.SpineMessage.NotLeading;
import org.goaway.protocol.spine.SpineMessage.Replies;
import org.goaway.protocol.spine.SpineMessage.Submit;
import org.goaway.protocol.strict.StrictCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a client sends a command, and sends it again. */
class RepeatTest {

    private static final MemberId SELF = new MemberId(0, 1);
    private static final MemberId LEADER = new MemberId(0, 2);
    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.STRICT, "s");
    private static final Message GET = new StrictCommand.Get(OBJECT, "f");

    private final ManualClock clock = new ManualClock();
    private final List<MemberId> sentTo = new ArrayList<>();
    private final List<Long> sequences = new ArrayList<>();
    private MemberId leader = LEADER;
    private final Spine spine =
            new Spine(SELF, new Sent(), clock, new KnownLeader(), Runnable::run, Duration.ofSeconds(10));

    private final class Sent implements Transport {
        @Override
        public void send(MemberId to, Message message) {
            if (message instanceof Submit submit) {
                sentTo.add(to);
                submit.commands().forEach(command -> sequences.add(command.sequence()));
            }
        }

        @Override
        public void multicast(Collection<MemberId> to, Message message) {
            to.forEach(member -> send(member, message));
        }
    }

    private final class KnownLeader implements ReplicatedLog {
        @Override
        public Optional<MemberId> leader() {
            return Optional.of(leader);
        }

        @Override
        public CompletableFuture<Message> append(Message entry) {
            return new CompletableFuture<>();
        }
    }

    @BeforeEach
    void submit() {
        spine.onFounded(List.of(SELF, LEADER, new MemberId(0, 3)));
        var unused = spine.submit(GET);
        assertThat(sentTo).containsExactly(LEADER);
    }

    private void tickAfter(long millis) {
        clock.advance(Duration.ofMillis(millis));
        spine.onTick(clock.nanos());
    }

    @Test
    void shouldRepeatEverySecondWhatIsNotAnswered() {
        tickAfter(1_000);
        assertThat(sentTo).hasSize(1);
        tickAfter(10);
        assertThat(sentTo).containsExactly(LEADER, LEADER);
    }

    /** The first copy is still on its way, and another one would hold up what comes after it. */
    @Test
    void shouldGiveALargeValueTheTimeOfASlowLine() {
        set(3 << 20);
        assertThat(sentTo).hasSize(2);
        tickAfter(1_100);
        tickAfter(3_600);
        assertThat(sentTo).hasSize(2);
        tickAfter(100);
        assertThat(sentTo).hasSize(4);
    }

    @Test
    void shouldRepeatWhatMayBeLostWellBeforeItsBound() {
        set(16 << 20);
        tickAfter(5_000);
        assertThat(sentTo).hasSize(4);
    }

    @Test
    void shouldRepeatWithinAShortBound() {
        Spine hasty = new Spine(SELF, new Sent(), clock, new KnownLeader(), Runnable::run, Duration.ofMillis(500));
        var unused = hasty.submit(GET);
        assertThat(sentTo).hasSize(2);
        clock.advance(Duration.ofMillis(250));
        hasty.onTick(clock.nanos());
        assertThat(sentTo).hasSize(3);
    }

    private void set(int bytes) {
        Operation set = new Operation.Set("f", Value.of(new byte[bytes]));
        var unused = spine.submit(new StrictCommand.Operate(OBJECT, set));
    }

    @Test
    void shouldRepeatAtOnceWhenAnotherLeads() {
        leader = new MemberId(0, 3);
        tickAfter(10);
        assertThat(sentTo).containsExactly(LEADER, leader);
    }

    /** Right after an election others may know of it earlier than the one that won it. */
    @Test
    void shouldRepeatSoonWhatALeaderRefusesThatDoesNotKnowYetThatItLeads() {
        spine.onMessage(LEADER, new NotLeading(null, List.of(1L)));
        tickAfter(40);
        assertThat(sentTo).hasSize(1);
        tickAfter(10);
        assertThat(sentTo).containsExactly(LEADER, LEADER);
        tickAfter(990);
        assertThat(sentTo).hasSize(2);
    }

    /** Others may be on their way still: each refusal would send them all again. */
    @Test
    void shouldRepeatSoonOnlyWhatIsRefused() {
        var unused = spine.submit(GET);
        spine.onMessage(LEADER, new NotLeading(null, List.of(2L)));
        tickAfter(50);
        assertThat(sequences).containsExactly(1L, 2L, 2L);
    }

    @Test
    void shouldSendAFewAtOnceAndManyTogether() {
        submitMore(63);
        // 8 alone, then 8, 16 and 32 when as many were under way.
        assertThat(sentTo).hasSize(11);
        answer(1, 60);
        assertThat(sentTo).hasSize(11);
        submitMore(1);
        assertThat(sentTo).hasSize(12);
    }

    @Test
    void shouldSendAtTheNextTickWhatTooFewWaitWith() {
        submitMore(10);
        assertThat(sentTo).hasSize(8);
        tickAfter(10);
        assertThat(sentTo).hasSize(9);
    }

    @Test
    void shouldSendWhatWaitsWhenThoseUnderWayAreAnswered() {
        submitMore(10);
        assertThat(sentTo).hasSize(8);
        answer(1, 8);
        assertThat(sentTo).hasSize(9);
    }

    private void submitMore(int commands) {
        for (int i = 0; i < commands; i++) {
            var unused = spine.submit(GET);
        }
    }

    private void answer(long first, long last) {
        spine.onMessage(
                LEADER,
                new Replies(LongStream.rangeClosed(first, last)
                        .mapToObj(sequence -> new Reply(SELF, sequence, new Forgotten()))
                        .toList()));
    }
}
