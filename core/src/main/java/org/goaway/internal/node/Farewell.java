package org.goaway.internal.node;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.cluster.EventLoop;
import org.goaway.internal.cluster.GroupChannel;

/** How a node leaves a cluster that goes on: the others need not wait for the end of a lease that it says it gives up. */
record Farewell(EventLoop loop, GroupChannel channel, NodeProtocols protocols) {

    private static final Logger LOG = LogManager.getLogger(Farewell.class);

    private static final long AT_MOST_MILLIS = 1_000;

    /** Blocks until the others have agreed that this node is out, or for a second. */
    void say() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        loop.execute(() -> {
            if (channel.self().spawner()) {
                channel.transport().multicast(protocols.members(), new Programs.Ends());
            }
            channel.transport()
                    .multicast(
                            protocols.members(), new ProcessEnded(channel.self().id()));
            var unused = protocols.epochs().leave().thenRun(() -> left.complete(null));
        });
        try {
            left.get(AT_MOST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException alone) {
            LOG.info("{}: nobody has agreed that it leaves", channel.self().name());
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("leaving never fails", impossible);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
