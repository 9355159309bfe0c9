package org.goaway.protocol.lock;

import java.util.List;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Transport;

/** Locks that break a rule, for tests of what is built on locks. */
public final class BrokenLocks {

    private BrokenLocks() {}

    /** The home takes any token for that of the present holder. */
    public static Locks takingAnyToken(MemberId self, Transport transport, Clock clock) {
        return new Locks(self, transport, clock, epoch -> new LockQueue(epoch) {
            @Override
            boolean isHeldWith(long token) {
                return hold().isPresent();
            }
        });
    }

    /** The home takes the lock from a lost holder at once. */
    public static Locks takingOver(MemberId self, Transport transport, Clock clock) {
        return new Locks(self, transport, clock, epoch -> new LockQueue(epoch) {
            @Override
            void drop(MemberId member) {
                super.drop(member);
                hold().filter(hold -> hold.waiter().request().member().equals(member))
                        .ifPresent(hold -> release(List.of()));
            }
        });
    }
}
