package org.goaway.internal.cluster.raft;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.cluster.raft.RaftMessage.SnapshotHead;
import org.goaway.internal.cluster.raft.RaftMessage.SnapshotPart;
import org.goaway.internal.cluster.raft.RaftMessage.SnapshotTaken;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;

/**
 * Brings the whole state to members that lack more than the log still holds. Raft's thread only collects references to
 * the pieces; they are encoded and decoded by a thread of its own, some parts ahead of what the receiver has taken.
 */
final class Snapshots implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(Snapshots.class);

    private static final int PART_BYTES = 512 << 10;
    private static final int PARTS_AHEAD = 8;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Transport transport;
    private final Pieces pieces;
    private final BiConsumer<MemberId, Snapshot> install;
    private final ThreadPoolExecutor worker;
    private final Map<MemberId, Sending> sendings = new ConcurrentHashMap<>();
    private Receiving receiving;
    private long ids;

    /** {@code install} is given, on the worker's thread, a snapshot that has come. */
    Snapshots(String name, Transport transport, MessageBytes codec, BiConsumer<MemberId, Snapshot> install) {
        this.transport = transport;
        this.pieces = new Pieces(codec);
        this.install = install;
        this.worker = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "goaway-snapshot-" + name);
            thread.setDaemon(true);
            return thread;
        });
        worker.allowCoreThreadTimeOut(true);
        worker.setRejectedExecutionHandler((work, closed) -> LOG.debug("{}: closed, drops {}", name, work));
    }

    /** Touched by the worker, except for what is final or volatile. */
    private static final class Sending {
        private final long id;
        private final SnapshotHead head;
        private final Iterator<Message> left;
        private final long began = System.nanoTime();
        private volatile long movedAt = began;
        private int sent;
        private int taken;
        private boolean ended;

        private Sending(long id, Snapshot snapshot) {
            this.id = id;
            this.head = snapshot.head();
            this.left = snapshot.pieces().iterator();
        }
    }

    /** Touched by the worker only. */
    private static final class Receiving {
        private final MemberId from;
        private final long id;
        private final TreeMap<Integer, List<Message>> parts = new TreeMap<>();
        private int count = Integer.MAX_VALUE;

        private Receiving(MemberId from, long id) {
            this.from = from;
            this.id = id;
        }
    }

    /** Begins to send the state, unless it is on its way. Raft's thread. */
    void send(MemberId to, Supplier<Snapshot> state) {
        if (isSending(to)) {
            return;
        }
        long began = System.nanoTime();
        Snapshot snapshot = state.get();
        Sending sending = new Sending(++ids, snapshot);
        sendings.put(to, sending);
        LOG.info(
                "the state as of entry {} goes to {}: {} pieces, collected in {} ms",
                snapshot.head().index(),
                to,
                snapshot.pieces().size(),
                TimeUnit.NANOSECONDS.toMillis(sending.began - began));
        worker.execute(() -> proceed(to, sending));
    }

    boolean isSending(MemberId to) {
        return sendings.containsKey(to);
    }

    /** The log has to be kept after this entry for those to whom a state is on its way. */
    long oldest() {
        return sendings.values().stream()
                .mapToLong(sending -> sending.head.index())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** {@code member} has the log up to {@code index}. */
    void onMatch(MemberId member, long index) {
        sendings.computeIfPresent(member, (to, sending) -> index < sending.head.index() ? sending : null);
    }

    void onTick(long now) {
        sendings.values().removeIf(sending -> now - sending.movedAt >= PATIENCE_NANOS);
    }

    void stopSending() {
        sendings.clear();
    }

    /** On any thread. */
    void onTaken(MemberId from, SnapshotTaken answer) {
        Sending sending = sendings.get(from);
        if (sending != null && sending.id == answer.id()) {
            sending.movedAt = System.nanoTime();
            worker.execute(() -> {
                sending.taken++;
                proceed(from, sending);
            });
        }
    }

    private void proceed(MemberId to, Sending sending) {
        while (!sending.ended && sending.sent - sending.taken < PARTS_AHEAD && sendings.get(to) == sending) {
            byte[] bytes = pieces.take(sending.left, PART_BYTES);
            sending.ended = !sending.left.hasNext();
            transport.send(
                    to, new SnapshotPart(sending.id, sending.sent, sending.ended, sending.head, Value.of(bytes)));
            sending.sent++;
        }
    }

    /** On any thread. */
    void onPart(MemberId from, SnapshotPart part) {
        worker.execute(() -> take(from, part));
    }

    private void take(MemberId from, SnapshotPart part) {
        if (receiving == null || receiving.id != part.id() || !receiving.from.equals(from)) {
            receiving = new Receiving(from, part.id());
        }
        transport.send(from, new SnapshotTaken(part.id(), part.number()));
        receiving.parts.put(part.number(), pieces.read(part.pieces().bytes()));
        if (part.last()) {
            receiving.count = part.number() + 1;
        }
        if (receiving.parts.size() == receiving.count) {
            List<Message> all =
                    receiving.parts.values().stream().flatMap(List::stream).toList();
            receiving = null;
            install.accept(from, new Snapshot(part.head(), all));
        }
    }

    @Override
    public void close() {
        sendings.clear();
        worker.shutdownNow();
    }
}
