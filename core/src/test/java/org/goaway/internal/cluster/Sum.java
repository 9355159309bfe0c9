package org.goaway.internal.cluster;

import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.goaway.protocol.Message;
import org.goaway.protocol.ReplicatedState;

/** A replicated state that adds the numbers of its entries. */
final class Sum implements ReplicatedState {

    private final AtomicLong sum = new AtomicLong();
    private final AtomicReference<Error> failure = new AtomicReference<>();

    /** An entry, and the answer to it. */
    record Count(long value) implements Message {}

    long value() {
        return sum.get();
    }

    /** The next entry is broken off by this. */
    void breakOffBy(Error error) {
        failure.set(error);
    }

    @Override
    public Message apply(Message entry) {
        Error error = failure.getAndSet(null);
        if (error != null) {
            throw error;
        }
        return new Count(sum.addAndGet(((Count) entry).value()));
    }

    @Override
    public void writeTo(Consumer<Message> pieces) {
        pieces.accept(new Count(sum.get()));
    }

    @Override
    public void readFrom(Iterator<Message> pieces) {
        sum.set(((Count) pieces.next()).value());
    }
}
