package org.goaway.internal.cluster;

import org.goaway.internal.cluster.raft.MessageBytes;
import org.goaway.internal.wire.MessageCodec;
import org.goaway.protocol.Message;

/** The codec as seen from here: every message is a record. Safe for any thread. */
record Marshaller(MessageCodec codec) implements MessageBytes {

    @Override
    public byte[] encode(Message message) {
        return codec.encode((Record) message);
    }

    @Override
    public Message decode(byte[] bytes, int offset, int length) {
        return (Message) codec.decode(bytes, offset, length);
    }
}
