package org.goaway.internal.cluster.raft;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;
import org.jgroups.Message;
import org.jgroups.stack.Protocol;
import org.jgroups.util.ByteArray;
import org.jgroups.util.UUID;
import org.jgroups.util.Util;

/**
 * What jgroups-raft finds below it: its messages leave as frames of the node's transport, which never blocks. One for all
 * goes to the followers that keep up.
 */
final class Wire extends Protocol {

    private final Transport transport;
    private final Replication replication;
    private final BooleanSupplier silent;

    Wire(Transport transport, Replication replication, BooleanSupplier silent) {
        this.transport = transport;
        this.replication = replication;
        this.silent = silent;
    }

    @Override
    public Object down(Message message) {
        if (silent.getAsBoolean()) {
            return null;
        }
        RaftMessage.Frame frame = encode(message);
        if (message.getDest() == null) {
            transport.multicast(replication.readyFor(frame.bytes().bytes().length), frame);
        } else {
            MemberId to = RaftIds.member(message.getDest());
            replication.onSent(to, frame.bytes().bytes().length);
            transport.send(to, frame);
        }
        return null;
    }

    private static RaftMessage.Frame encode(Message message) {
        try {
            ByteArray bytes = Util.messageToBuffer(message);
            byte[] all = bytes.getArray();
            boolean exact = bytes.getOffset() == 0 && bytes.getLength() == all.length;
            return new RaftMessage.Frame(Value.of(
                    exact ? all : Arrays.copyOfRange(all, bytes.getOffset(), bytes.getOffset() + bytes.getLength())));
        } catch (Exception e) {
            throw new IllegalStateException("a message of Raft has no encoding: " + message, e);
        }
    }

    static Message decode(MemberId from, RaftMessage.Frame frame) {
        try {
            return Util.messageFromBuffer(
                            frame.bytes().bytes(), 0, frame.bytes().bytes().length)
                    .setSrc(new UUID(from.high(), from.low()));
        } catch (Exception e) {
            throw new IllegalArgumentException("a frame from " + from + " that is no message of Raft", e);
        }
    }
}
