package org.goaway.internal.cluster.raft;

import java.io.DataInput;
import java.io.DataOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ReplicatedState;
import org.jgroups.raft.StateMachine;

/**
 * Joins a {@link ReplicatedState} to jgroups-raft. An entry of the log is a key (who appended it, and a number) and the
 * encoded message; by the key the appending member finds whom to answer, so answers need no encoding, and its own message,
 * so it need not decode it. Appended on the loop, applied on Raft's thread.
 */
final class RaftEntries implements StateMachine {

    private static final Logger LOG = LogManager.getLogger(RaftEntries.class);

    private static final int KEY = 3 * Long.BYTES;

    /** What this member has appended and not seen applied. */
    private record Open(Message message, CompletableFuture<Message> future) {}

    private final MemberId self;
    private final ReplicatedState state;
    private final MessageBytes codec;
    private final BiConsumer<CompletableFuture<Message>, Message> complete;
    private final Map<Long, Open> open = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** {@code complete} completes a future elsewhere, without blocking; unless something else has completed it. */
    RaftEntries(
            MemberId self,
            ReplicatedState state,
            MessageBytes codec,
            BiConsumer<CompletableFuture<Message>, Message> complete) {
        this.self = self;
        this.state = state;
        this.codec = codec;
        this.complete = complete;
    }

    int inFlight() {
        return open.size();
    }

    /** Registers an entry; returns its number. */
    long add(Message message, CompletableFuture<Message> future) {
        long number = numbers.incrementAndGet();
        open.put(number, new Open(message, future));
        return number;
    }

    /** Forgets an entry; returns whether it was known. */
    boolean remove(long number) {
        return open.remove(number) != null;
    }

    byte[] encode(long number, Message message) {
        byte[] encoded = codec.encode(message);
        return ByteBuffer.allocate(KEY + encoded.length)
                .putLong(self.high())
                .putLong(self.low())
                .putLong(number)
                .put(encoded)
                .array();
    }

    @Override
    public byte[] apply(byte[] data, int offset, int length, boolean serializeResponse) {
        prepare(data, offset, length).run();
        return null;
    }

    /**
     * Decodes an entry, which may fail for want of memory while nothing has changed yet; returns what applies it, and throws
     * what the state throws.
     */
    Runnable prepare(byte[] data, int offset, int length) {
        try {
            ByteBuffer key = ByteBuffer.wrap(data, offset, KEY);
            boolean mine = self.equals(new MemberId(key.getLong(), key.getLong()));
            long number = key.getLong();
            Open entry = mine ? open.get(number) : null;
            Message message = entry == null ? codec.decode(data, offset + KEY, length - KEY) : entry.message;
            return () -> apply(message, number, entry);
        } catch (RuntimeException e) {
            // All voters see the same bytes and fail in the same way, so going on keeps them equal.
            LOG.error("an entry could not be decoded", e);
            return () -> {};
        }
    }

    private void apply(Message message, long number, Open entry) {
        Message answer = state.apply(message);
        if (entry != null) {
            // Forgotten only after that: if there is no memory to tell the answer, the future ends with all others.
            complete.accept(entry.future, answer);
            remove(number);
        }
    }

    /** Fails all entries that are under way. */
    void failAll(BiConsumer<Long, CompletableFuture<Message>> fail) {
        open.forEach((number, entry) -> fail.accept(number, entry.future));
    }

    /** The whole state as of the last entry applied: cheap, since its pieces are what it is made of. */
    List<Message> capture() {
        List<Message> pieces = new ArrayList<>();
        state.writeTo(pieces::add);
        return pieces;
    }

    /** Replaces the whole state. */
    void restore(List<Message> pieces) {
        state.readFrom(pieces.iterator());
    }

    @Override
    public void writeContentTo(DataOutput out) {
        throw new IllegalStateException("a state leaves in pieces, by capture");
    }

    @Override
    public void readContentFrom(DataInput in) {
        throw new IllegalStateException("a state comes in pieces, to restore");
    }
}
