package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.goaway.Cluster;
import org.goaway.Member;
import org.goaway.internal.code.Application;
import org.goaway.internal.code.CodeVersion;
import org.goaway.internal.task.TaskMessage.Cancel;
import org.goaway.internal.task.TaskMessage.Done;
import org.goaway.internal.task.TaskMessage.Ending;
import org.goaway.internal.task.TaskMessage.Envelope;
import org.goaway.internal.task.TaskMessage.Finished;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One member without a network: what it sends is a list. */
class RunnerTest {

    private static final MemberId SELF = new MemberId(0, 2);
    private static final MemberId SPAWNER = new MemberId(0, 1);

    private final List<Message> sent = new ArrayList<>();
    private final Runner runner = new Runner(
            new TaskPorts(
                    SELF,
                    new NoTransport(),
                    this::offer,
                    (to, message, atMost) -> new CompletableFuture<>(),
                    Runnable::run,
                    new NoHost()),
            1,
            null,
            null,
            Runnable::run);

    private Collection<MemberId> offer(Collection<MemberId> to, Message message) {
        sent.add(message);
        return List.of();
    }

    @AfterEach
    void close() {
        runner.close();
    }

    private static Envelope envelope(long number) {
        return new Envelope(
                new TaskId(SPAWNER, number),
                new CodeVersion(SPAWNER, 1),
                Shape.CALLABLE,
                new byte[0],
                SELF,
                1,
                "task",
                0,
                false);
    }

    @Test
    void shouldNotStartTaskWhoseCancelOvertookIt() {
        runner.onCancel(SPAWNER, new Cancel(7, true));
        runner.onEnvelope(envelope(7));

        assertThat(sent).hasSize(1).first().isInstanceOfSatisfying(Finished.class, finished -> {
            assertThat(finished.task()).isEqualTo(7);
            assertThat(finished.ending()).isEqualTo(Ending.NEVER_STARTED);
        });
        assertThat(runner.cancelledEarly()).isZero();
    }

    @Test
    void shouldForgetEarlyCancelsThatMeanNothingAnyMore() {
        runner.onCancel(SPAWNER, new Cancel(1, true));
        runner.onDone(SPAWNER, new Done(List.of(1L)));
        assertThat(runner.cancelledEarly()).isZero();

        for (int i = 0; i < 20_000; i++) {
            runner.onCancel(SPAWNER, new Cancel(i, true));
        }
        assertThat(runner.cancelledEarly()).isEqualTo(10_000);

        runner.onGone(SPAWNER);
        assertThat(runner.cancelledEarly()).isZero();
    }

    private static final class NoTransport implements Transport {
        @Override
        public void send(MemberId to, Message message) {
            throw new AssertionError(message);
        }

        @Override
        public void multicast(Collection<MemberId> to, Message message) {
            throw new AssertionError(message);
        }
    }

    private static final class NoHost implements TaskHost {
        @Override
        public List<TaskMember> members() {
            return List.of();
        }

        @Override
        public Member member(MemberId id) {
            return new TaskCluster.Named(id, "member", false);
        }

        @Override
        public Cluster cluster(Application application) {
            throw new AssertionError("no test asks for it");
        }

        @Override
        public void taskEnded(Thread thread) {}
    }
}
