package org.goaway.protocol.lock;

/** Locks that break a rule, for tests of what is built on locks. */
public final class BrokenLocks {

    private BrokenLocks() {}

    /** The home takes any token for that of the present holder. */
    public static LockParts takingAnyToken() {
        return new LockParts() {
            @Override
            LockQueue queue(long epoch) {
                return new LockQueue(epoch) {
                    @Override
                    boolean isHeldWith(long token) {
                        return hold().isPresent();
                    }
                };
            }
        };
    }
}
