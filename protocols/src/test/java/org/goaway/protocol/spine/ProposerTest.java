package org.goaway.protocol.spine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.Value;
import org.goaway.protocol.kit.ManualClock;
import org.goaway.protocol.strict.StrictCommand;
import org.junit.jupiter.api.Test;

class ProposerTest {

    private static final MemberId CLIENT = new MemberId(0, 1);
    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.STRICT, "s");
    private static final Message GET = new StrictCommand.Get(OBJECT, "f");

    private final Queue<CompletableFuture<Message>> underWay = new ArrayDeque<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final List<Command> failed = new ArrayList<>();
    private final Proposer proposer = new Proposer(new Log(), new ManualClock(), applied -> {}, failed::addAll);
    private long sequence;

    /** Takes every entry and answers when the test says so. */
    private final class Log implements ReplicatedLog {
        @Override
        public Optional<MemberId> leader() {
            return Optional.of(CLIENT);
        }

        @Override
        public CompletableFuture<Message> append(Message entry) {
            sizes.add(((Entry) entry).commands().size());
            CompletableFuture<Message> answer = new CompletableFuture<>();
            underWay.add(answer);
            return answer;
        }
    }

    private void submit(int count) {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commands.add(next(GET));
        }
        submit(commands);
    }

    private Command next(Message body) {
        return new Command(CLIENT, ++sequence, 0, body);
    }

    private void submit(List<Command> commands) {
        proposer.add(commands);
        proposer.flush();
    }

    private void answerFirst() {
        underWay.remove().complete(null);
    }

    @Test
    void shouldGiveFewCallersAnEntryEach() {
        submit(1);
        submit(1);
        assertThat(sizes).containsExactly(1, 1);
    }

    @Test
    void shouldLetThoseWaitWhoAreFewerThanAreUnderWay() {
        submit(8);
        submit(7);
        assertThat(sizes).containsExactly(8);
        submit(1);
        assertThat(sizes).containsExactly(8, 8);
        submit(15);
        answerFirst();
        assertThat(sizes).containsExactly(8, 8, 15);
    }

    @Test
    void shouldSendWhateverWaitsWhenNothingIsUnderWay() {
        submit(8);
        submit(1);
        answerFirst();
        assertThat(sizes).containsExactly(8, 1);
    }

    @Test
    void shouldNotFillMoreThanFourEntries() {
        submit(1);
        submit(1);
        submit(2);
        submit(4);
        submit(100);
        assertThat(sizes).containsExactly(1, 1, 2, 4);
    }

    @Test
    void shouldGoOnWhenTheLogNeverAnswers() {
        submit(8);
        submit(1);
        proposer.onTick(3_010_000_000L);
        assertThat(sizes).containsExactly(8, 1);
    }

    /** Its copies would enter the log once more while it is on its way to the voters. */
    @Test
    void shouldGiveALargeEntryTheTimeOfASlowLine() {
        Value large = Value.of(new byte[16 << 20]);
        Command write = next(new StrictCommand.Operate(OBJECT, new Operation.Set("f", large)));
        submit(List.of(write));
        proposer.onTick(3_010_000_000L);
        submit(List.of(write));
        assertThat(sizes).containsExactly(1);
        proposer.onTick(24_000_000_000L);
        submit(List.of(write));
        assertThat(sizes).containsExactly(1, 1);
    }

    @Test
    void shouldTellWhichCommandsWaitedWhenItLedNoMore() {
        submit(2);
        submit(1);
        proposer.stop();
        assertThat(failed).extracting(Command::sequence).containsExactly(3L);
    }

    @Test
    void shouldTellWhichCommandsTheLogDidNotTake() {
        submit(2);
        assertThat(failed).isEmpty();
        underWay.remove().completeExceptionally(new ProtocolException(Outcome.UNKNOWN, "leads no longer"));
        assertThat(failed).extracting(Command::sequence).containsExactly(1L, 2L);
    }
}
