package org.goaway.internal.object;

import java.util.LinkedHashMap;
import java.util.Map;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;

/** That a thread has a lock or is in a section. One writer: that thread. */
final class Hold {

    final ObjectId id;
    final Thread thread;
    final long token;

    /** What the thread wrote in its section; null: removed. Stays empty for a plain lock. */
    final Map<String, Value> written = new LinkedHashMap<>();

    private int depth;

    Hold(ObjectId id, Thread thread, long token, int depth) {
        this.id = id;
        this.thread = thread;
        this.token = token;
        this.depth = depth;
    }

    int depth() {
        return depth;
    }

    void enterAgain() {
        depth++;
    }

    /** Returns whether the thread has left as often as it entered. */
    boolean leave() {
        depth--;
        return depth == 0;
    }
}
