package org.goaway.protocol.release;

import java.util.HashMap;
import java.util.Map;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;

/**
 * Holds back the repetition of large content while the first may still be under way: else a slow network is given the same
 * megabytes again and again. On the event loop only.
 */
final class Pacing {

    /** What is smaller is repeated whenever it is asked for. */
    private static final long LARGE = 16 << 10;

    private static final long FIRST = 100_000_000;

    /** As if 20 megabytes travelled in a second. */
    private static final long NANOS_PER_BYTE = 50;

    private record Sent(MemberId to, ObjectId object, long version) {}

    private final Map<Sent, Long> until = new HashMap<>();

    /** Whether to send it now. */
    boolean isDue(MemberId to, ObjectId object, long version, long bytes, long now) {
        if (bytes < LARGE) {
            return true;
        }
        Sent sent = new Sent(to, object, version);
        Long end = until.get(sent);
        if (end != null && now - end < 0) {
            return false;
        }
        until.put(sent, now + FIRST + bytes * NANOS_PER_BYTE);
        return true;
    }

    void onTick(long nanos) {
        until.values().removeIf(end -> nanos - end >= 0);
    }
}
