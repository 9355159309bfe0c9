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
    private final TaskPorts ports =
            new TaskPorts(new MemberId(0, 1), null, null, (to, bytes) -> waits, null, null, null, SizeLimit.VALUE);

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
        assertThat(TaskPorts.kind((8 << 10) + 1)).isEqualTo(TaskPorts.kind(MIB));
        assertThat(TaskPorts.kind(MIB + 1)).isEqualTo(TaskPorts.kind(300 * MIB)).isNotEqualTo(TaskPorts.kind(MIB));
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
    }
}
