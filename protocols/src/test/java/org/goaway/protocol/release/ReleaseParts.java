package org.goaway.protocol.release;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.goaway.protocol.Changes;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.DropListener;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.lock.LockParts;
import org.goaway.protocol.lock.Losses;

/**
 * What a simulation makes a member's release consistency of: the real parts. A fault puts another one in, or stands between
 * the member and its protocol.
 */
class ReleaseParts {

    /** One member's protocol with whatever stands before it. */
    private final class Member implements Protocol, DropListener {

        private final MemberId self;
        private final Release release;
        private long known;

        Member(MemberId self, Release release) {
            this.self = self;
            this.release = release;
        }

        @Override
        public void onMessage(MemberId from, Message message) {
            release.onMessage(from, received((ReleaseMessage) message, known));
        }

        @Override
        public void onEpoch(Epoch epoch) {
            known = epoch.number();
            release.onEpoch(learned(self, epoch));
            afterEpoch(release, epoch);
        }

        @Override
        public void onDropped() {
            release.onDropped();
        }

        @Override
        public boolean isSynced() {
            return release.isSynced();
        }

        @Override
        public void onGone(MemberId member) {
            release.onGone(member);
        }

        @Override
        public void onTick(long nanos) {
            release.onTick(nanos);
        }
    }

    /** Gives every member its locks and its release consistency; members that come later are put into the map, too. */
    final Map<MemberId, Release> install(
            LocalCluster cluster,
            Function<MemberId, Lease> leases,
            Function<MemberId, Changes> changes,
            Function<MemberId, Losses> losses) {
        LockParts lockParts = locks();
        Map<MemberId, LockParts.Member> locks = cluster.install((self, transport, clock) -> {
            LockParts.Member made = lockParts.create(self, transport, clock, leases.apply(self));
            made.locks().onLost(losses.apply(self));
            return made;
        });
        Map<MemberId, Release> releases = new LinkedHashMap<>();
        cluster.install((self, transport, clock) -> {
            Release release = new Release(
                    self,
                    sending(self, transport),
                    clock,
                    lease(leases.apply(self)),
                    replica(self, changes.apply(self)),
                    flushes(self, sending(self, transport), clock),
                    locks.get(self).locks());
            releases.put(self, release);
            return new Member(self, release);
        });
        return releases;
    }

    LockParts locks() {
        return new LockParts();
    }

    Lease lease(Lease lease) {
        return lease;
    }

    Transport sending(MemberId self, Transport transport) {
        return transport;
    }

    Replica replica(MemberId self, Changes changes) {
        return new Replica(changes);
    }

    Flushes flushes(MemberId self, Transport transport, Clock clock) {
        return new Flushes(self, transport, clock);
    }

    ReleaseMessage received(ReleaseMessage message, long known) {
        return message;
    }

    Epoch learned(MemberId self, Epoch epoch) {
        return epoch;
    }

    void afterEpoch(Release release, Epoch epoch) {}
}
