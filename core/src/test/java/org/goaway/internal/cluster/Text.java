package org.goaway.internal.cluster;

import org.goaway.protocol.Message;
import org.goaway.protocol.Value;

/** A message of the tests. */
record Text(int number, Value content) implements Message {

    static Text of(int number) {
        return of(number, new byte[0]);
    }

    static Text of(int number, byte[] content) {
        return new Text(number, Value.of(content));
    }
}
