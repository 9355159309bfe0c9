package org.goaway.internal.object;

import org.goaway.protocol.ObjectId;

/** That a thread has a lock or is in a section; equal to itself alone. One writer: that thread. */
final class Hold {

    final ObjectId id;
    final Thread thread;
    final long token;

    /** What the thread did in its section; null: nothing yet. */
    Workspace workspace;

    /** Takes back, on the event loop, what a section that does not count has changed in place. */
    Runnable undo = () -> {};

    /** Whether the thread gave it up to wait for a condition, and could not have it again. */
    boolean notRegained;

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
