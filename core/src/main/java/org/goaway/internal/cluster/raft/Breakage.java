package org.goaway.internal.cluster.raft;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Whether a member's state may hold half an entry, since an Error broke off what was changing it. Such a member must not say
 * anything any more: what it would answer or vote for may be wrong. One writer: Raft's thread, except where a method says
 * otherwise.
 */
final class Breakage {

    private static final Logger LOG = LogManager.getLogger(Breakage.class);

    private final String name;
    private volatile Error by;
    private Runnable end = () -> {};
    private boolean ended;

    /** @param name the member's, for the log */
    Breakage(String name) {
        this.name = name;
    }

    /** Set before the start. */
    void onBroken(Runnable ending) {
        end = ending;
    }

    /** Any thread. */
    boolean isBroken() {
        return by != null;
    }

    /** Takes a step that changes the state. */
    void touchState(Runnable step) {
        try {
            step.run();
        } catch (Error e) {
            by = e;
            throw e;
        }
    }

    /** Ends the member's part, once. What runs out of memory here is to be called again. */
    void end() {
        if (!ended) {
            LOG.error(
                    "{}: an entry of the replicated log was applied by half. This member leaves the cluster; end its process"
                            + " and start it again, with more memory (-Xmx) if that is what it lacked",
                    name,
                    by);
            end.run();
            ended = true;
        }
    }
}
