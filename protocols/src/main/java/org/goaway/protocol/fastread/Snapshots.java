package org.goaway.protocol.fastread;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Version;
import org.goaway.protocol.fastread.FastReadMessage.SnapshotAsk;
import org.goaway.protocol.fastread.FastReadMessage.SnapshotPart;

/**
 * How a joiner gets the copies (PROTOCOLS.md J2-J7): it asks a full member for part after part, another one if that does
 * not answer; who is asked gives what it has then and remembers nothing. One writer: the event loop.
 */
class Snapshots {

    /** A part ends with the object that makes it as large as this. */
    static final long PART_BYTES = 64 * 1024;

    /** What an object costs in a part besides its fields. */
    private static final long OBJECT_BYTES = 64;

    private static final long PATIENCE = 500_000_000;
    private static final long LONGEST_PATIENCE = 8_000_000_000L;

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    private final Copies copies;
    private final Synced synced;
    private Epoch epoch;
    /** The last object that this joiner has; null: none. */
    private ObjectId after;
    /** How many questions had no answer in time; decides whom to ask next. */
    private int unanswered;

    private long askedAt;
    private long patience;

    Snapshots(MemberId self, Transport transport, Clock clock, Copies copies, Synced synced) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
        this.copies = copies;
        this.synced = synced;
    }

    /** J3, J7: asks for everything, in each epoch anew until all is here. */
    void onEpoch(Epoch learned) {
        epoch = learned;
        if (synced.stint() == 0) {
            after = null;
            unanswered = Math.floorMod(self.hashCode(), 1024);
            patience = PATIENCE;
            ask();
        }
    }

    /** J3: gives the next objects. Who is not synced itself leaves the question to others. */
    void onAsk(MemberId from, SnapshotAsk ask) {
        if (synced.stint() == 0) {
            return;
        }
        List<Contents> objects = new ArrayList<>();
        long bytes = 0;
        boolean last = true;
        for (Replica replica : copies.after(ask.after())) {
            if (bytes >= PART_BYTES) {
                last = false;
                break;
            }
            if (!replica.version().equals(Version.NONE)) {
                objects.add(replica.contents());
                bytes += OBJECT_BYTES + replica.size();
            }
        }
        transport.send(from, new SnapshotPart(epoch.number(), ask.after(), objects, last));
    }

    /** J4, J5, J6: takes a part over, and asks for the next one. */
    void onPart(SnapshotPart part) {
        if (synced.stint() != 0 || !Objects.equals(part.after(), after)) {
            return;
        }
        part.objects().forEach(this::take);
        if (part.last()) {
            copies.complete();
        } else {
            after = part.objects().get(part.objects().size() - 1).object();
            patience = PATIENCE;
            ask();
        }
    }

    void take(Contents contents) {
        copies.merge(contents);
    }

    /** Asks somebody else, and waits longer each time: parts may be large. */
    void onTick(long nanos) {
        if (epoch != null && synced.stint() == 0 && nanos - askedAt >= patience) {
            unanswered++;
            patience = Math.min(2 * patience, LONGEST_PATIENCE);
            ask();
        }
    }

    private void ask() {
        askedAt = clock.nanos();
        List<MemberId> full = epoch.full();
        transport.send(full.get(unanswered % full.size()), new SnapshotAsk(epoch.number(), after));
    }
}
