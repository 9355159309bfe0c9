package org.goaway.internal.cluster.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.goaway.internal.cluster.raft.Voters.id;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.goaway.internal.cluster.raft.RaftMessage.SnapshotHead;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;
import org.jgroups.protocols.raft.AppendResult;
import org.jgroups.protocols.raft.AppendResult.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A leader that has the first 100 entries no more, and one of its own, which nobody has answered for. */
class ReplicationTest {

    private static final long GONE = 100;
    private static final List<MemberId> VOTERS = List.of(id(1), id(2), id(3));

    private final Snapshots snapshots =
            new Snapshots("leader", new Nowhere(), new Voters.Bytes(), (from, snapshot) -> {});
    private VoterRaft raft;
    private Replication replication;

    private record Nowhere() implements Transport {
        @Override
        public void send(MemberId to, Message message) {}

        @Override
        public void multicast(Collection<MemberId> to, Message message) {}
    }

    @BeforeEach
    void lead() throws Exception {
        RaftEntries entries = new RaftEntries(id(1), new Journal(), new Voters.Bytes(), (future, answer) -> {});
        raft = new VoterRaft("leader", id(1), VOTERS, entries, 1 << 20, new Nowhere());
        replication = raft.replication();
        replication.connect(() -> VOTERS, snapshots);
        raft.init();
        List<Message> pieces = List.of(new Journal.Seen(GONE, 7));
        raft.install(id(2), new Snapshot(new SnapshotHead(1, GONE, 1, VOTERS), pieces));
        raft.setLeaderAndTerm(raft.addr(), 2);
        raft.processQueue();
        assertThat(raft.lastAppended()).isEqualTo(GONE + 1);
    }

    @AfterEach
    void close() {
        snapshots.close();
    }

    private void tickMuchLater() {
        replication.onTick(System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
    }

    private void answer(MemberId from, Result how, long index) {
        replication.onAnswer(from, new AppendResult(how, index));
    }

    @Test
    void shouldKeepNothingForAStateThatItSentWhenItLed() {
        answer(id(2), Result.FAIL_ENTRY_NOT_FOUND, GONE / 2);
        assertThat(snapshots.isSending(id(2))).isTrue();
        assertThat(replication.keepAfter(GONE + 1)).isEqualTo(GONE);

        raft.setLeaderAndTerm(null);
        assertThat(replication.keepAfter(GONE + 1)).isEqualTo(GONE + 1);
    }

    /** It may have been paused for a moment, and has all. */
    @Test
    void shouldSendTheStateOnlyToOneThatSaysThatItLacksWhatIsGone() {
        tickMuchLater();
        assertThat(snapshots.isSending(id(2))).isFalse();
        assertThat(snapshots.isSending(id(3))).isFalse();

        answer(id(2), Result.FAIL_ENTRY_NOT_FOUND, GONE);
        tickMuchLater();
        assertThat(snapshots.isSending(id(2))).isFalse();
        answer(id(2), Result.OK, GONE + 1);
        assertThat(raft.commitIndex()).isEqualTo(GONE + 1);

        answer(id(3), Result.FAIL_ENTRY_NOT_FOUND, GONE / 2);
        assertThat(snapshots.isSending(id(3))).isTrue();
    }
}
