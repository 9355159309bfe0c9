package org.goaway.internal.cluster.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.goaway.protocol.MemberId;
import org.jgroups.protocols.raft.InternalCommand;
import org.jgroups.protocols.raft.LogEntries;
import org.jgroups.protocols.raft.LogEntry;
import org.jgroups.util.Util;
import org.junit.jupiter.api.Test;

class MemoryLogTest {

    private final MemoryLog log = new MemoryLog();

    @Test
    void shouldKeepWhatFollowsTheEntriesCutOff() {
        append(3_000, 1);
        log.commitIndex(2_500);
        log.trim(6_000, 2_400);

        assertThat(log.base()).isEqualTo(2_400);
        assertThat(log.get(2_399)).isNull();
        assertThat(log.termOf(2_400)).isEqualTo(1);
        assertThat(log.get(2_401).length()).isEqualTo(10);
        assertThat(log.sizeInBytes()).isEqualTo(6_000);
        assertThat(log.entries(2_401, 95)).hasSize(9);
        assertThat(log.entries(3_000, 1)).hasSize(1);
    }

    @Test
    void shouldNeverCutOffWhatIsNotCommitted() {
        append(10, 1);
        log.commitIndex(4);
        log.trim(0, 9);

        assertThat(log.base()).isEqualTo(4);
    }

    @Test
    void shouldGoOnAfterAStateFromElsewhere() {
        append(10, 1);
        log.reinitializeTo(5_000, new LogEntry(3, null));
        append(2, 4);

        assertThat(log.lastAppended()).isEqualTo(5_002);
        assertThat(log.termOf(5_000)).isEqualTo(3);
        assertThat(log.get(5_001).term()).isEqualTo(4);
        assertThat(log.get(4_999)).isNull();
    }

    @Test
    void shouldOverwriteOnlyWhatIsNotCommitted() {
        append(10, 1);
        log.commitIndex(6);
        log.deleteAllEntriesStartingFrom(7);
        append(1, 2);

        assertThat(log.termOf(7)).isEqualTo(2);
        assertThat(log.lastAppended()).isEqualTo(7);
        assertThatThrownBy(() -> log.deleteAllEntriesStartingFrom(6)).hasMessageContaining("committed");
    }

    @Test
    void shouldKnowTheChangesOfVotersThatAreOpen() throws Exception {
        MemberId voter = new MemberId(-5, 7);
        append(2, 1);
        byte[] command =
                Util.streamableToByteBuffer(new InternalCommand(InternalCommand.Type.addServer, RaftIds.of(voter)));
        int before = log.changesSeen();
        log.append(3, new LogEntries().add(new LogEntry(1, command, 0, command.length, true)));

        assertThat(log.changesSeen()).isGreaterThan(before);
        assertThat(log.openChanges().values()).containsExactly(new MemoryLog.Change(true, voter));
        log.commitIndex(3);
        assertThat(log.openChanges()).isEmpty();
    }

    @Test
    void shouldTakeAllEntriesOrNone() {
        append(1_023, 1);
        LogEntries entries = new LogEntries()
                .add(new LogEntry(1, new byte[10]))
                .add(new LogEntry(1, new byte[10]))
                .add(new LogEntry(1, new byte[] {99}, 0, 1, true)); // no command
        assertThatThrownBy(() -> log.append(1_024, entries)).isInstanceOf(RuntimeException.class);

        assertThat(log.lastAppended()).isEqualTo(1_023);
        assertThat(log.sizeInBytes()).isEqualTo(10_230);
        assertThat(log.get(1_024)).isNull();
        append(2, 2);
        assertThat(log.termOf(1_024)).isEqualTo(2);
        assertThat(log.termOf(1)).isEqualTo(1);
    }

    private void append(int count, long term) {
        for (int i = 0; i < count; i++) {
            log.append(log.lastAppended() + 1, new LogEntries().add(new LogEntry(term, new byte[10])));
        }
    }
}
