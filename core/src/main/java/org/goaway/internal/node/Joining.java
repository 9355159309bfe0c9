package org.goaway.internal.node;

import java.time.Duration;
import org.goaway.internal.cluster.EventLoop;
import org.goaway.internal.cluster.RaftLog;
import org.goaway.protocol.MemberId;

/**
 * How a node gets into the log of its cluster, and what it tells others that are to come in. Called on the event loop, but for
 * {@link #onJoin}, which any thread may call once.
 */
final class Joining {

    private final RaftLog log;
    private final NodeProtocols protocols;
    private final Duration lease;
    private final EventLoop loop;
    private volatile int votersWanted;

    Joining(RaftLog log, NodeProtocols protocols, Duration lease, EventLoop loop) {
        this.log = log;
        this.protocols = protocols;
        this.lease = lease;
        this.loop = loop;
    }

    /** It is of a cluster now: of one that begins, or of one that runs. */
    void onJoin(FoundingMessage.Join join) {
        votersWanted = join.votersWanted();
        if (join.running()) {
            log.join(join.log(), protocols.state());
        } else {
            log.start(join.voters(), protocols.state());
        }
        loop.execute(() -> {
            protocols.spine().onFounded(join.voters());
            if (join.running()) {
                protocols.epochs().join();
            }
        });
    }

    /** What a member is told that is to come into the cluster that runs. */
    FoundingMessage.Join invitation(MemberId founder) {
        return new FoundingMessage.Join(
                founder, log.cluster().orElseThrow(), log.voters(), votersWanted, lease.toNanos(), true);
    }

    /** How many members are to vote. */
    int votersWanted() {
        return votersWanted;
    }
}
