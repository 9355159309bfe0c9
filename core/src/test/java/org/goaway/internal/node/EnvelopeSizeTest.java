package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.goaway.RemoteFunction;
import org.goaway.internal.code.Application;
import org.goaway.internal.code.Applications;
import org.goaway.internal.code.CodeCache;
import org.goaway.internal.code.CodeVersion;
import org.goaway.internal.task.Shape;
import org.goaway.internal.task.Work;
import org.goaway.internal.wire.Codec;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.task.TaskMessage.Envelope;
import org.junit.jupiter.api.Test;

/** What a burst of small tasks costs depends on it. */
class EnvelopeSizeTest {

    private static final Random RANDOM = new Random(7);

    private static MemberId member() {
        return new MemberId(RANDOM.nextLong(), RANDOM.nextLong());
    }

    @Test
    void shouldTakeFewerThan120BytesForALambdaAndItsArgument() {
        MemberId self = member();
        try (Applications applications = new Applications(
                self,
                (to, message, atMost) -> new CompletableFuture<>(),
                loader -> new Codec(loader, null),
                new CodeCache(0),
                MemberId::toString,
                List.of())) {
            Application application = applications.of(getClass().getClassLoader());
            RemoteFunction<Integer, Integer> fn = x -> x + 1;
            Work work = new Work(
                    application.version(),
                    Shape.FUNCTION,
                    application.encodeWork(new Object[] {fn, 1_000_000}),
                    self + "-1000000",
                    0,
                    false);

            byte[] envelope = WireTypes.codec().encode(new Envelope(1_000_000, work, member(), 1, 1));

            assertThat(envelope).hasSizeLessThan(120);
        }
    }

    /** Admissions tell by its size which envelope did not fit into the memory. */
    @Test
    void shouldTakeFewerThan256BytesBesideTheWork() {
        Work work = new Work(
                new CodeVersion(member(), Long.MAX_VALUE),
                Shape.FUNCTION,
                new byte[1 << 20],
                "näme".repeat(100),
                Long.MAX_VALUE,
                true);
        Envelope largest = new Envelope(Long.MAX_VALUE, work, member(), Integer.MAX_VALUE, Long.MAX_VALUE);

        assertThat(WireTypes.codec().encode(largest).length - work.bytes()).isBetween(0, 256);
    }
}
