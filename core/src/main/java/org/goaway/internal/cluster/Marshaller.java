package org.goaway.internal.cluster;

import org.goaway.protocol.Message;

/** Turns messages into bytes and back; safe for any thread. */
public interface Marshaller {

    /** The message's encoding. An unregistered type is an {@link IllegalArgumentException}. */
    byte[] encode(Message message);

    /** The message that these bytes encode; bytes that are no message give a RuntimeException, never an Error. */
    Message decode(byte[] bytes, int offset, int length);
}
