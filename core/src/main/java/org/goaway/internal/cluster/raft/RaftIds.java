package org.goaway.internal.cluster.raft;

import org.goaway.protocol.MemberId;
import org.jgroups.Address;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.util.ExtendedUUID;
import org.jgroups.util.UUID;
import org.jgroups.util.Util;

/** A member's name in the Raft group, and its address in Raft's messages: both are its identity in another form. */
final class RaftIds {

    private RaftIds() {}

    static String of(MemberId member) {
        return Long.toHexString(member.high()) + "-" + Long.toHexString(member.low());
    }

    static MemberId member(String raftId) {
        int dash = raftId.indexOf('-');
        return new MemberId(
                Long.parseUnsignedLong(raftId, 0, dash, 16),
                Long.parseUnsignedLong(raftId, dash + 1, raftId.length(), 16));
    }

    static Address address(MemberId member) {
        return new ExtendedUUID(member.high(), member.low()).put(RAFT.raft_id_key, Util.stringToBytes(of(member)));
    }

    static MemberId member(Address address) {
        UUID uuid = (UUID) address;
        return new MemberId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }
}
