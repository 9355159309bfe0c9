package org.goaway.protocol;

import java.util.Iterator;
import java.util.function.Consumer;

/**
 * A state machine fed by the {@link ReplicatedLog}. Deterministic: the same entries give the same state and answers on
 * every voter, so it reads no clock, no random number and nothing of its member. One thread at a time calls it; that
 * thread is not the event loop.
 */
public interface ReplicatedState {

    /** Applies one entry and returns the answer. Never throws: what is wrong with an entry is part of the answer. */
    Message apply(Message entry);

    /**
     * Hands the whole state out, piece by piece, without encoding or copying it: the log waits meanwhile. A piece never
     * changes afterwards; another thread may read it at any later time.
     */
    void writeTo(Consumer<Message> pieces);

    /** Replaces the whole state by what {@link #writeTo} handed out elsewhere. */
    void readFrom(Iterator<Message> pieces);
}
