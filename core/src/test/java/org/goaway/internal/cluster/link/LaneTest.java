package org.goaway.internal.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final List<Runnable> threads = new ArrayList<>();
    private final List<Integer> written = new ArrayList<>();
    private final Lane lane = new Lane(frame -> written.add((int) frame.bytes()[0]), threads::add);

    @Test
    void shouldLeaveJGroupsMessagesToOneThreadInTheirOrder() {
        lane.queue(frame(1, 10));
        lane.queue(frame(2, 10));

        assertThat(written).isEmpty();
        assertThat(threads).hasSize(1);
        threads.get(0).run();
        assertThat(written).containsExactly(1, 2);
        assertThat(lane.isIdle()).isTrue();
    }

    @Test
    void shouldWriteHereWhileTheOtherSideAnswers() throws Exception {
        for (int i = 0; i < 100; i++) {
            lane.writeOrQueue(frame(1, Lane.SURE / 2));
            lane.arrived();
        }

        assertThat(written).hasSize(100);
        assertThat(threads).isEmpty();
    }

    @Test
    void shouldNotWriteHereMoreThanASocketHoldsThatNobodyReads() throws Exception {
        lane.writeOrQueue(frame(1, Lane.SURE));
        lane.writeOrQueue(frame(2, 1));

        assertThat(written).containsExactly(1);
        assertThat(threads).hasSize(1);
        threads.get(0).run();
        assertThat(written).containsExactly(1, 2);
    }

    @Test
    void shouldNotWaitHereForAnotherThreadThatIsStuck() throws Exception {
        lane.queue(frame(1, 1));
        lane.writeOrQueue(frame(2, 1));

        assertThat(written).isEmpty();
        threads.get(0).run();
        assertThat(written).containsExactly(1, 2);
    }

    @Test
    void shouldDropWhatAStuckLinkCannotTake() {
        for (int i = 0; i < 200; i++) {
            lane.queue(frame(1, 1 << 20));
        }

        threads.get(0).run();
        assertThat(written).hasSize(64);
        lane.queue(frame(2, 1));
        assertThat(threads).hasSize(2);
    }

    @Test
    void shouldGoOnAfterAWriteThatFailed() throws Exception {
        Lane broken = new Lane(
                frame -> {
                    written.add((int) frame.bytes()[0]);
                    throw new java.net.SocketException("closed");
                },
                threads::add);
        broken.queue(frame(1, 1));
        broken.queue(frame(2, 1));

        threads.get(0).run();

        assertThat(written).containsExactly(1, 2);
        assertThat(broken.isIdle()).isTrue();
    }

    @Test
    void shouldGoOnAfterAnErrorInAWrite() {
        Queue<Error> failures = new ArrayDeque<>(List.of(new OutOfMemoryError("meant to be")));
        Lane failing = new Lane(
                frame -> {
                    if (!failures.isEmpty()) {
                        throw failures.remove();
                    }
                    written.add((int) frame.bytes()[0]);
                },
                threads::add);
        failing.queue(frame(1, 1));
        failing.queue(frame(2, 1));

        threads.get(0).run();

        assertThat(written).containsExactly(2);
        assertThat(failing.isIdle()).isTrue();
    }

    @Test
    void shouldAskForAThreadAgainWhereThereWasNoneToHave() {
        Queue<Error> failures = new ArrayDeque<>(List.of(new OutOfMemoryError("unable to create native thread")));
        Lane waiting = new Lane(frame -> written.add((int) frame.bytes()[0]), thread -> {
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            threads.add(thread);
        });
        waiting.queue(frame(1, 1));
        waiting.queue(frame(2, 1));

        threads.get(0).run();

        assertThat(written).containsExactly(1, 2);
        assertThat(waiting.isIdle()).isTrue();
    }

    /** What waits was not lost, so a frame that finds no room must see to it that it leaves. */
    @Test
    void shouldAskForAThreadAgainAlsoWhereItIsFull() {
        Queue<Error> failures = new ArrayDeque<>(List.of(new OutOfMemoryError("unable to create native thread")));
        Lane full = new Lane(frame -> written.add((int) frame.bytes()[0]), thread -> {
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            threads.add(thread);
        });
        full.queue(frame(1, 64 << 20));
        full.queue(frame(2, 1));

        threads.get(0).run();

        assertThat(written).containsExactly(1);
        assertThat(full.isIdle()).isTrue();
    }

    private static Lane.Frame frame(int content, int length) {
        return new Lane.Frame(new byte[] {(byte) content}, length);
    }
}
