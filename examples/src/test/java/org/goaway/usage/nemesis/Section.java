package org.goaway.usage.nemesis;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.goaway.ClusterLock;
import org.goaway.GoAway;

/** One critical section: takes a lock, counts by a read and a write, writes what the lock guards, and gives the lock back. */
final class Section {

    static final String LOCK = "lock";
    static final String HOLD = "hold";
    static final String FREE = "free";

    private static final long WAITS_SECONDS = 5;

    private enum Kind {
        GUARDED
    }

    private Section() {}

    static void run(Desk desk) throws IOException {
        String key = desk.key(LOCK, Kind.GUARDED);
        String name = key.substring(key.indexOf(':') + 1);
        ClusterLock lock = GoAway.lock(name);
        Object token = desk.record(
                key, HOLD, () -> lock.tryLock(WAITS_SECONDS, TimeUnit.SECONDS) ? (Object) lock.token() : null);
        if (!(token instanceof Long held)) {
            return;
        }
        String store = (desk.random().nextBoolean() ? Work.FAST_STORE : Work.STRICT_STORE) + ":";
        if (desk.goesOn()) {
            count(desk, store + name);
        }
        if (desk.goesOn()) {
            claim(desk, store + Asked.Claim.guardedBy(name), held);
        }
        desk.record(key, FREE + " " + held, () -> {
            lock.unlock();
            return null;
        });
    }

    private static void claim(Desk desk, String guarded, long token) throws IOException {
        desk.ask(guarded, new Asked.Claim(token));
        desk.ask(guarded, new Asked.Get());
    }

    private static void count(Desk desk, String counter) throws IOException {
        Object before = desk.ask(counter, new Asked.Get());
        if (!(before instanceof Exception)) {
            desk.ask(counter, new Asked.Put((before == null ? 0 : (Long) before) + 1));
        }
    }
}
