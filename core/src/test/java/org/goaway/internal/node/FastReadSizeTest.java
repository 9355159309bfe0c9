package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.goaway.internal.wire.Codec;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;
import org.goaway.protocol.fastread.FastRead;
import org.goaway.protocol.fastread.FastReadMessage.SnapshotAsk;
import org.goaway.protocol.fastread.FastReadMessage.SnapshotPart;
import org.goaway.protocol.fastread.Limits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fast-read object takes on the wire when its home lets it grow no further. */
class FastReadSizeTest {

    private static final int LARGEST = 100_000;
    private static final MemberId SELF = new MemberId(Long.MIN_VALUE, Long.MAX_VALUE);
    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.FAST_READ, "object");
    private static final long LATE_EPOCH = 1L << 40;

    private final Queue<Message> sent = new ArrayDeque<>();
    private final FastRead alone = new FastRead(
            SELF,
            new ToItself(),
            () -> 0,
            new EncodedNumbers(new Codec(getClass().getClassLoader(), handle -> handle)),
            (object, field, value) -> {},
            () -> true,
            new Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), LARGEST));

    private final class ToItself implements Transport {
        @Override
        public void send(MemberId to, Message message) {
            sent.add(message);
        }

        @Override
        public void multicast(Collection<MemberId> to, Message message) {
            to.forEach(member -> send(member, message));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"f", "temperature of the day", "温度"})
    void shouldTakeNoMoreThanTheLimitWhateverItsFields(String name) {
        alone.onEpoch(new Epoch(LATE_EPOCH, Map.of(SELF, LATE_EPOCH), List.of(SELF)));
        int fields = 0;
        while (set(name + fields, new byte[fields % 3]) == Answer.Result.DONE) {
            fields++;
        }
        assertThat(fields).isGreaterThan(800);
        alone.onMessage(SELF, new SnapshotAsk(LATE_EPOCH, null));
        SnapshotPart part = (SnapshotPart) sent.remove();
        assertThat(part.objects().get(0).fields()).hasSize(fields);
        assertThat(WireTypes.codec().encode(part)).hasSizeLessThan(LARGEST);
    }

    private Answer.Result set(String field, byte[] value) {
        CompletableFuture<Answer> answer = alone.write(OBJECT, new Operation.Set(field, Value.of(value)));
        while (!sent.isEmpty()) {
            alone.onMessage(SELF, sent.remove());
        }
        return answer.join().result();
    }
}
