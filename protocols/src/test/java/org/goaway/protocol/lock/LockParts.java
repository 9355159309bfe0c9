package org.goaway.protocol.lock;

import java.time.Duration;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.DropListener;
import org.goaway.protocol.kit.LocalCluster;

/**
 * What a simulation makes a member's locks of: the real parts. A fault puts another one in, or stands between the member and
 * its locks.
 */
public class LockParts {

    /** One member's locks with whatever stands before them. */
    public final class Member implements Protocol, DropListener {

        private final MemberId self;
        private final Locks locks;
        private long known;

        private Member(MemberId self, Locks locks) {
            this.self = self;
            this.locks = locks;
        }

        public Locks locks() {
            return locks;
        }

        @Override
        public void onMessage(MemberId from, Message message) {
            Message received = received((LockMessage) message, known);
            if (received != null) {
                locks.onMessage(from, received);
            }
        }

        @Override
        public void onEpoch(Epoch epoch) {
            known = epoch.number();
            locks.onEpoch(learned(self, epoch));
            afterEpoch(locks, epoch);
        }

        @Override
        public void onDropped() {
            locks.onDropped();
        }

        @Override
        public void onGone(MemberId member) {
            locks.onGone(member);
            afterGone(locks, known, member);
        }

        @Override
        public void onTick(long nanos) {
            locks.onTick(nanos);
        }
    }

    public Member create(MemberId self, Transport transport, Clock clock, Lease lease) {
        return new Member(self, new Locks(self, sending(transport), clock, lease(lease), patience(), this::queue));
    }

    /** For members whose lease never ends. */
    LocalCluster.Factory<Locks> factory() {
        return (self, transport, clock) ->
                create(self, transport, clock, () -> true).locks();
    }

    protected Duration patience() {
        return Duration.ofHours(1);
    }

    LockQueue queue(long epoch) {
        return new LockQueue(epoch);
    }

    protected Lease lease(Lease lease) {
        return lease;
    }

    protected Transport sending(Transport transport) {
        return transport;
    }

    /** What becomes of a message that arrives; null: nothing. */
    protected Message received(LockMessage message, long known) {
        return message;
    }

    /** What becomes of an epoch. */
    protected Epoch learned(MemberId self, Epoch epoch) {
        return epoch;
    }

    protected void afterEpoch(Locks locks, Epoch epoch) {}

    protected void afterGone(Locks locks, long known, MemberId gone) {}
}
