package org.goaway.internal.cluster.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.goaway.internal.cluster.raft.Voters.id;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;
import org.jgroups.raft.Options;
import org.junit.jupiter.api.Test;

class VoterRaftTest {

    /** A learner that has the entry which gives it a vote may be elected before that entry is committed. */
    @Test
    void shouldGoOnLeadingWhenItsOwnVoteIsCommitted() throws Exception {
        VoterRaft raft = raft(4, 1, 2, 3);
        raft.setLeaderAndTerm(raft.addr(), 2);
        assertThat(raft.role()).isEqualTo("Leading");
        raft._addServer(RaftIds.of(id(4)));
        assertThat(raft.role()).isEqualTo("Leading");
        assertThat(raft.agreedVoters()).containsExactly(id(1), id(2), id(3), id(4));
        assertThat(raft.removeServer(RaftIds.of(id(1)))).as("waits for others").isNotDone();
    }

    /** Its followers may have an entry already that it has not, so it must not give that one's place to another. */
    @Test
    void shouldLeadNoLongerWhenItsLogDoesNotTakeAnEntry() throws Exception {
        VoterRaft raft = raft(1, 1, 2, 3);
        raft.setLeaderAndTerm(raft.addr(), 2);
        raft.processQueue();
        long last = raft.lastAppended();
        byte[] noCommand = {99};
        CompletableFuture<byte[]> refused = raft.setAsync(noCommand, 0, 1, true, Options.create(true));
        raft.processQueue();
        CompletableFuture<byte[]> next = raft.setAsync(new byte[30], 0, 30, Options.create(true));
        raft.processQueue();

        assertThat(raft.role()).isEqualTo("Following");
        assertThat(refused).isCompletedExceptionally();
        assertThat(next).isCompletedExceptionally();
        assertThat(raft.lastAppended()).isEqualTo(last);
        assertThat(raft.log().lastAppended()).isEqualTo(last);
    }

    private static VoterRaft raft(long self, long... founders) throws Exception {
        MessageBytes bytes = new Voters.Bytes();
        Transport nowhere = new Nowhere();
        RaftEntries entries = new RaftEntries(id(self), new Journal(), bytes, (future, answer) -> {});
        List<MemberId> voters = LongStream.of(founders).mapToObj(Voters::id).toList();
        VoterRaft raft = new VoterRaft("raft", id(self), voters, entries, 1 << 20, nowhere);
        raft.replication().connect(List::of, new Snapshots("raft", nowhere, bytes, (from, snapshot) -> {}));
        raft.init();
        return raft;
    }

    private record Nowhere() implements Transport {
        @Override
        public void send(MemberId to, Message message) {}

        @Override
        public void multicast(Collection<MemberId> to, Message message) {}
    }
}
