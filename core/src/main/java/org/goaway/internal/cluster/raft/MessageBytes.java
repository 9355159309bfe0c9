package org.goaway.internal.cluster.raft;

import org.goaway.protocol.Message;

/** Turns messages into bytes and back. Safe for any thread. */
public interface MessageBytes {

    byte[] encode(Message message);

    /** Bytes that are no message give a RuntimeException. */
    Message decode(byte[] bytes, int offset, int length);
}
