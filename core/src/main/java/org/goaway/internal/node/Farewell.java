package org.goaway.internal.node;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.cluster.EventLoop;
import org.goaway.internal.cluster.GroupChannel;
import org.goaway.internal.task.Tasks;
import org.goaway.protocol.MemberId;

/**
 * How a node leaves a cluster that goes on: the others need not wait for the end of a lease that it says it gives up, and
 * it votes until another one does in its place, for several that went at once would take the majority with them.
 */
record Farewell(EventLoop loop, GroupChannel channel, NodeProtocols protocols, VoterKeeper voterKeeper, Tasks tasks) {

    private static final Logger LOG = LogManager.getLogger(Farewell.class);

    private static final long LEAVES_MILLIS = 1_000;
    private static final long VOTES_MILLIS = 5_000;

    /**
     * Blocks until what this node has sent has left, and results of its tasks have arrived, or for a second: the farewell would
     * overtake what is large, and a result that comes after it is lost. Then until the others have agreed that this node is out,
     * or for a second; then until its vote is not needed, or for five.
     */
    void say() {
        CompletableFuture<Void> heard = new CompletableFuture<>();
        loop.onTick(nanos -> {
            if (channel.transport().queued() == 0 && tasks.areResultsKnown()) {
                heard.complete(null);
            }
        });
        await(heard, LEAVES_MILLIS, "not all that it has sent has left, or not all results have arrived");
        CompletableFuture<Void> left = new CompletableFuture<>();
        CompletableFuture<Void> replaced = new CompletableFuture<>();
        MemberId self = channel.self().id();
        loop.execute(() -> {
            if (channel.self().spawner()) {
                channel.transport().multicast(protocols.members(), new Programs.Ends());
            }
            channel.transport().multicast(protocols.members(), new ProcessEnded(self));
            var unused = protocols.epochs().leave().thenRun(() -> left.complete(null));
        });
        await(left, LEAVES_MILLIS, "nobody has agreed that it leaves");
        channel.log().resign();
        loop.onTick(nanos -> {
            if (!voterKeeper.isNeeded(self)) {
                replaced.complete(null);
            }
        });
        await(replaced, VOTES_MILLIS, "nobody has taken over its vote");
    }

    private void await(CompletableFuture<Void> end, long atMostMillis, String otherwise) {
        try {
            end.get(atMostMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException alone) {
            LOG.info("{}: {}", channel.self().name(), otherwise);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("leaving never fails", impossible);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
