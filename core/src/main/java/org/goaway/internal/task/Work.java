package org.goaway.internal.task;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.goaway.internal.code.CodeVersion;
import org.goaway.protocol.Message;

/**
 * What a task is, as it travels.
 *
 * @param code the application whose classes it needs
 * @param work the encoded function and arguments
 * @param timeoutNanos how long it may run; 0: without bound
 * @param virtual whether it asks for a virtual thread
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
public record Work(CodeVersion code, Shape shape, byte[] work, String name, long timeoutNanos, boolean virtual)
        implements Message {

    public Work {
        Objects.requireNonNull(code);
    }

    /** How many bytes of a message it takes, but for a few. */
    public int bytes() {
        return work.length + name.getBytes(StandardCharsets.UTF_8).length;
    }
}
