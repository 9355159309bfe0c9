package org.goaway.internal.task;

import org.goaway.protocol.Message;

/**
 * How a task ended that had started, as it travels.
 *
 * @param result the encoded result; null unless it {@link Ending#RETURNED}
 * @param failure what it threw; null if it {@link Ending#RETURNED}
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
public record Result(Ending ending, byte[] result, Failure failure) implements Message {

    /** How a task ended at the member that ran it. */
    public enum Ending {
        RETURNED,
        THREW,
        TIME_WAS_UP
    }
}
