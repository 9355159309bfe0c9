package org.goaway.protocol.fastread;

import java.time.Duration;
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
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.Transport;

/**
 * One member's part in the fast-read objects: linearizable, read without a message (PROTOCOLS.md 2, within one epoch).
 *
 * <p>Receives everything, refuses what is of another epoch, and hands the rest to the side that it concerns: the
 * {@link Home}, the {@link Copies} or the {@link Client}. {@link #replica} may be called by any thread; all else is
 * called on the event loop.
 *
 * <p>Losing a member: the epoch does not change yet, and a round needs every member of it. So from then on, writes end
 * at once with a {@link ProtocolException} that names the member; entries that are VALID are read as before; entries
 * that a write under way has LOCKED stay so, and reading them ends at once with a ProtocolException, too.
 */
public final class FastRead implements Protocol {

    private final Transport transport;
    private final Home home;
    private final Copies copies;
    private final Client client;
    private Epoch epoch;

    /**
     * @param changes is told what this member sees anew
     * @param lease the permission to read the copies here
     * @param leaseTime how long a reader waits for a lease that is over
     */
    public FastRead(
            MemberId self,
            Transport transport,
            Clock clock,
            Numbers numbers,
            Changes changes,
            Lease lease,
            Duration leaseTime) {
        this(self, transport, clock, numbers, new Copies(self, transport, clock, changes));
    }

    private FastRead(MemberId self, Transport transport, Clock clock, Numbers numbers, Copies copies) {
        this(transport, new Home(self, transport, clock, numbers, copies), copies, new Client(self, transport, clock));
    }

    FastRead(Transport transport, Home home, Copies copies, Client client) {
        this.transport = transport;
        this.home = home;
        this.copies = copies;
        this.client = client;
    }

    /** This member's copy of the object, always the same. Any thread; sends nothing. */
    public Replica replica(ObjectId object) {
        return copies.replica(object);
    }

    /**
     * For a reader that found the field's entry LOCKED: completed with an entry that was VALID at some moment after this
     * call. Ends with a ProtocolException (NOT_DONE) when the entry stays LOCKED because a member has left. Bounding the
     * wait is the caller's business.
     */
    public CompletableFuture<Entry> readable(ObjectId object, String field) {
        return copies.readable(object, field);
    }

    /**
     * Applies the operation at the object's home, once, after this member's earlier operations on the object. Completed
     * when all members have the effect or wait for it. Ends with a ProtocolException when a member that it needs has
     * left. Else it is repeated until it is answered; a caller that gives up waiting does not know the outcome.
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
        if (message instanceof Fenced fenced && fenced.epoch() != number()) {
            // A later epoch is learned from the register; the sender repeats what it still needs then.
            if (fenced.epoch() < number()) {
                transport.send(from, new Stale(number()));
            }
            return;
        }
        if (message instanceof Lock lock) {
            copies.onLock(from, lock);
        } else if (message instanceof Ack ack) {
            home.onAck(from, ack);
        } else if (message instanceof Update update) {
            copies.onUpdate(update);
            client.onUpdate(update);
        } else if (message instanceof Write write) {
            home.onWrite(from, write);
        } else if (message instanceof Done done) {
            client.onDone(done);
        } else if (message instanceof Failed failed) {
            client.onFailed(failed);
        } else if (message instanceof Resolve resolve) {
            home.onResolve(from, resolve);
        } else if (message instanceof Stuck stuck) {
            copies.onStuck(stuck);
        } else if (!(message instanceof Stale)) {
            // Stale needs no step here: this member learns the later epoch from the register.
            throw new IllegalArgumentException("no message of fast-read objects: " + message);
        }
    }

    /** Learns the founding epoch. A change of the epoch is not supported yet. */
    @Override
    public void onEpoch(Epoch learned) {
        if (epoch != null && learned.number() != epoch.number()) {
            throw new IllegalStateException("from epoch " + epoch.number() + " to " + learned.number());
        }
        epoch = learned;
        home.onEpoch(learned);
        copies.onEpoch(learned);
        client.onEpoch(learned);
    }

    @Override
    public void onGone(MemberId member) {
        if (epoch != null && epoch.members().contains(member)) {
            home.onGone(member);
            copies.onGone(member);
            client.onGone(member);
        }
    }

    @Override
    public void onTick(long nanos) {
        home.onTick(nanos);
        copies.onTick(nanos);
        client.onTick(nanos);
    }

    private long number() {
        return epoch == null ? 0 : epoch.number();
    }
}
