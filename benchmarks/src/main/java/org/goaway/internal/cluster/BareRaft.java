package org.goaway.internal.cluster;

import java.io.DataInput;
import java.io.DataOutput;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jgroups.JChannel;
import org.jgroups.fork.ForkChannel;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.raft.ELECTION;
import org.jgroups.protocols.raft.InMemoryLog;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.protocols.raft.REDIRECT;
import org.jgroups.raft.RaftHandle;
import org.jgroups.raft.StateMachine;
import org.jgroups.stack.ProtocolStack;
import org.jgroups.util.ExtendedUUID;
import org.jgroups.util.UUID;
import org.jgroups.util.Util;

/**
 * One voter of bare jgroups-raft on GoAway's stack for one machine, used as jgroups-raft's manual says, with a state machine
 * that does nothing: the peer of the strict store. Next to GoAway's channel, for it is made by the same factory.
 */
public final class BareRaft implements AutoCloseable {

    private final JChannel channel;
    private ForkChannel fork;
    private RaftHandle handle;

    /**
     * Joins the group, or founds it.
     *
     * @param port where the first voter listens; 0: this is the first
     */
    public BareRaft(String name, int port) throws Exception {
        channel = BareChannel.of("bare", name, port);
        channel.addAddressGenerator(() -> {
            ExtendedUUID address = ExtendedUUID.randomUUID(name);
            return address.put(RAFT.raft_id_key, Util.stringToBytes(id(address)));
        });
        channel.connect("bare");
    }

    /** The voter's Raft identity. */
    public String id() {
        return id((UUID) channel.getAddress());
    }

    private static String id(UUID address) {
        return Long.toHexString(address.getMostSignificantBits())
                + "-"
                + Long.toHexString(address.getLeastSignificantBits());
    }

    /** Where it listens. */
    public int port() {
        return BareChannel.port(channel);
    }

    /** Starts Raft with these voters and returns when a leader is known: whether it is this one. */
    public boolean vote(List<String> voters) throws Exception {
        RAFT raft = new RAFT()
                .raftId(id())
                .members(voters)
                .logClass(InMemoryLog.class.getName())
                .logPrefix(id())
                .resendInterval(10)
                .maxLogSize(128 << 20);
        fork = new ForkChannel(
                channel,
                "raft",
                "raft",
                true,
                ProtocolStack.Position.ABOVE,
                FRAG4.class,
                new ELECTION(),
                raft,
                new REDIRECT());
        handle = new RaftHandle(fork, new Nothing());
        fork.connect("raft");
        while (handle.leader() == null) {
            Thread.sleep(1);
        }
        return handle.isLeader();
    }

    /** Sets a command; a follower hands it to the leader. */
    public CompletableFuture<byte[]> set(byte[] command) throws Exception {
        return handle.setAsync(command, 0, command.length, null);
    }

    @Override
    public void close() {
        if (fork != null) {
            fork.close();
        }
        channel.close();
    }

    private static final class Nothing implements StateMachine {
        @Override
        public byte[] apply(byte[] data, int offset, int length, boolean serializeResponse) {
            return null;
        }

        @Override
        public void readContentFrom(DataInput in) {}

        @Override
        public void writeContentTo(DataOutput out) {}
    }
}
