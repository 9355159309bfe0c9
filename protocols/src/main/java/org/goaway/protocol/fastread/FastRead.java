package org.goaway.protocol.fastread;

import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Changes;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Fence;
import org.goaway.protocol.Fenced;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Numbers;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;
import org.goaway.protocol.fastread.FastReadMessage.Ack;
import org.goaway.protocol.fastread.FastReadMessage.Done;
import org.goaway.protocol.fastread.FastReadMessage.Lock;
import org.goaway.protocol.fastread.FastReadMessage.LockAll;
import org.goaway.protocol.fastread.FastReadMessage.Resolve;
import org.goaway.protocol.fastread.FastReadMessage.SnapshotAsk;
import org.goaway.protocol.fastread.FastReadMessage.SnapshotPart;
import org.goaway.protocol.fastread.FastReadMessage.Update;
import org.goaway.protocol.fastread.FastReadMessage.Write;

/**
 * One member's part in the fast-read objects: linearizable, read without a message (PROTOCOLS.md 2).
 *
 * <p>Receives everything, refuses what is of another epoch, and hands the rest to the side that it concerns: the
 * {@link Home}, the {@link Copies}, the {@link Snapshots} or the {@link Client}. {@link #replica} may be called by any
 * thread; all else is called on the event loop.
 *
 * <p>An operation that needs a lost member waits for the epoch without it. Bounding that wait is the caller's business;
 * what has not even been sent ends by itself.
 */
public class FastRead implements Protocol {

    private final Home home;
    private final Copies copies;
    private final Readers readers;
    private final Snapshots snapshots;
    private final Client client;
    private final Synced synced;
    private Epoch epoch;

    /** A member's parts, made to fit each other. */
    record Parts(Home home, Copies copies, Readers readers, Snapshots snapshots, Client client, Synced synced) {}

    /**
     * @param changes is told what this member sees anew
     * @param lease the permission to read the copies here
     */
    public FastRead(
            MemberId self,
            Transport transport,
            Clock clock,
            Numbers numbers,
            Changes changes,
            Lease lease,
            Limits limits) {
        synced = new Synced();
        readers = new Readers(clock, lease, limits.lease());
        copies = new Copies(self, transport, clock, changes, lease, synced, readers);
        home = new Home(self, transport, clock, numbers, lease, copies, limits.object());
        snapshots = new Snapshots(self, transport, clock, copies, synced);
        client = new Client(self, transport, clock, limits.unsent());
    }

    FastRead(Parts parts) {
        home = parts.home;
        copies = parts.copies;
        readers = parts.readers;
        snapshots = parts.snapshots;
        client = parts.client;
        synced = parts.synced;
    }

    /** This member's copy of the object, always the same. Any thread; sends nothing. */
    public Replica replica(ObjectId object) {
        return copies.replica(object);
    }

    /**
     * For a reader that found nothing to return in its {@link Replica}: completed with an entry that could be read at some
     * moment after this call. Ends with a ProtocolException (NOT_DONE) when this member has no lease for the lease time.
     * Bounding the wait for a LOCKED entry is the caller's business.
     */
    public CompletableFuture<Entry> readable(ObjectId object, String field) {
        return readers.read(copies.replica(object), field);
    }

    /** How many objects this member has copies of. Any thread. */
    public int size() {
        return copies.size();
    }

    /** How many rounds this member has begun as a home. Any thread. */
    public long rounds() {
        return home.rounds();
    }

    /**
     * Applies the operation at the object's home, once, after this member's earlier operations on the object; only one that
     * was refused, and whose answer was lost when the epoch changed, is decided anew, perhaps after later ones. Completed when
     * all members have the effect or wait for it. It is repeated until it is answered; a caller that gives up waiting does not
     * know the outcome. Ends with a ProtocolException: UNKNOWN when this member was dropped meanwhile, NOT_DONE when it could
     * not be sent in time.
     *
     * <p>Answered by TOO_LARGE where it would make the object larger than what travels at once.
     */
    public CompletableFuture<Answer> write(ObjectId object, Operation operation) {
        return write(object, operation, null);
    }

    /** The same under a lock: refused with STALE_TOKEN if the object has seen a higher token of it. */
    public CompletableFuture<Answer> write(ObjectId object, Operation operation, Fence fence) {
        return client.write(object, operation, fence);
    }

    @Override
    public void onMessage(MemberId from, Message message) {
        if (message instanceof Fenced fenced && refuses(fenced)) {
            return;
        }
        if (message instanceof Lock lock) {
            copies.onLock(from, lock);
        } else if (message instanceof LockAll lock) {
            copies.onLockAll(from, lock);
        } else if (message instanceof Ack ack) {
            home.onAck(from, ack);
        } else if (message instanceof Update update) {
            copies.onUpdate(update);
            client.onUpdate(update);
        } else if (message instanceof Write write) {
            home.onWrite(from, write);
        } else if (message instanceof Done done) {
            client.onDone(done);
        } else if (message instanceof Resolve resolve) {
            home.onResolve(from, resolve);
        } else if (message instanceof SnapshotAsk ask) {
            snapshots.onAsk(from, ask);
        } else if (message instanceof SnapshotPart part) {
            snapshots.onPart(part);
        } else {
            throw new IllegalArgumentException("no message of fast-read objects: " + message);
        }
    }

    /** C7: a message of another epoch means nothing here; its sender repeats what it still needs. */
    boolean refuses(Fenced message) {
        return epoch == null || message.epoch() != epoch.number();
    }

    /** C6. */
    @Override
    public void onEpoch(Epoch learned) {
        epoch = learned;
        copies.onEpoch(learned);
        home.onEpoch(learned);
        copies.report();
        snapshots.onEpoch(learned);
        client.onEpoch(learned);
    }

    @Override
    public boolean isSynced() {
        return synced.stint() != 0;
    }

    /** Nothing: who is lost is dropped by an epoch, and all that waits for it waits for that. */
    @Override
    public void onGone(MemberId member) {}

    @Override
    public void onTick(long nanos) {
        home.onTick(nanos);
        copies.onTick(nanos);
        readers.onTick(nanos);
        snapshots.onTick(nanos);
        client.onTick(nanos);
    }
}
