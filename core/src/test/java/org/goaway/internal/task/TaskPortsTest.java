package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.goaway.internal.wire.SizeLimit;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.Test;

/** What is sent at once, by how much waits already. */
class TaskPortsTest {

    private static final MemberId TO = new MemberId(0, 2);
    private static final int MIB = 1 << 20;

    private long waits;
    private long small;
    private final TaskPorts ports = new TaskPorts(
            new MemberId(0, 1),
            null,
            null,
            (to, bytes) -> bytes > MIB ? waits : small,
            null,
            null,
            null,
            SizeLimit.VALUE);

    @Test
    void shouldRepeatLargeThingsOnlyWhereLittleWaits() {
        assertThat(ports.mayRepeat(TO, 10 * MIB)).isTrue();

        waits = MIB;
        assertThat(ports.mayRepeat(TO, 10 * MIB))
                .as("the rest of the first copy")
                .isFalse();
        assertThat(ports.mayRepeat(TO, 100)).isTrue();
    }

    @Test
    void shouldTellWhichWaitBehindEachOther() {
        assertThat(TaskPorts.kind(8 << 10)).as("never behind").isZero();
        assertThat(TaskPorts.kind((8 << 10) + 1)).isEqualTo(TaskPorts.kind(MIB / 2));
        assertThat(TaskPorts.kind(MIB)).isEqualTo(TaskPorts.kind(300 * MIB)).isNotEqualTo(TaskPorts.kind(MIB / 2));
    }

    @Test
    void shouldBeBehindWhereMuchWouldWait() {
        assertThat(ports.isBehind(TO, 0, 300 * MIB)).as("the first").isFalse();

        waits = 50 * MIB;
        assertThat(ports.isBehind(TO, 0, 10 * MIB)).isFalse();
        assertThat(ports.isBehind(TO, 0, 20 * MIB)).isTrue();
        assertThat(ports.isBehind(TO, 0, 300 * MIB)).isTrue();

        assertThat(ports.isBehind(TO, 10 * MIB, 10 * MIB))
                .as("with what is about to wait")
                .isTrue();

        waits = 200 * MIB;
        assertThat(ports.isBehind(TO, 0, 100)).isFalse();
        assertThat(ports.isBehind(TO, 0, MIB / 2)).as("which wait apart").isFalse();
        small = 64 * MIB;
        assertThat(ports.isBehind(TO, 0, MIB / 2)).isTrue();
    }

    @Test
    void shouldSendEvenTheLargestWhereOtherTrafficWaits() {
        small = 200 * MIB;
        assertThat(ports.isBehind(TO, 0, 100 * MIB)).as("which waits apart").isFalse();
        assertThat(ports.isBehind(TO, 0, 512 * MIB)).as("which waits apart").isFalse();

        waits = 30 * MIB;
        assertThat(ports.isBehind(TO, 0, 100 * MIB)).isFalse();
        assertThat(ports.isBehind(TO, 0, 170 * MIB))
                .as("the transport might drop it")
                .isTrue();
        waits = 1;
        assertThat(ports.isBehind(TO, 0, 300 * MIB))
                .as("the transport would drop it")
                .isTrue();
    }

    /** The boundary of the transport, which counts all of a message. */
    @Test
    void shouldAskForWhatWaitsWithTheWholeMessage() {
        waits = 64 * MIB;
        assertThat(ports.isBehind(TO, 0, MIB - 100)).isTrue();
        assertThat(ports.mayRepeat(TO, MIB - 100)).isFalse();
        assertThat(ports.isBehind(TO, 0, MIB - 1000)).isFalse();
    }
}
