package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.goaway.ClusterConfig;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads close a node, whose servers take a while to end. */
@Timeout(60)
class ClosingIT {

    private static final Executor THREAD = work -> new Thread(work).start();

    private final Node node = Node.join(Configs.spawner(ClusterConfig.builder().build(), Entry.founder()));
    private final Slow servers = new Slow();

    /** Servers that end when the test says so. */
    private final class Slow implements OwnServers {
        private final CompletableFuture<Void> ending = new CompletableFuture<>();
        private final CompletableFuture<Void> mayEnd = new CompletableFuture<>();

        @Override
        public void end() {
            node.close(); // as whatever is called by the closing may do: it must not wait for itself
            ending.complete(null);
            mayEnd.join();
        }

        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public void kill(String server) {}

        @Override
        public void pause(String server) {}

        @Override
        public void resume(String server) {}

        @Override
        public void cutOff(String server, Set<MemberId> members) {}
    }

    @AfterEach
    void close() {
        servers.mayEnd.complete(null);
        node.close();
    }

    @Test
    void shouldReturnToNobodyBeforeTheServersHaveEnded() throws Exception {
        node.owns(servers);
        CompletableFuture<Void> first = CompletableFuture.runAsync(node::close, THREAD);
        servers.ending.get(30, TimeUnit.SECONDS);
        assertThat(node.isClosed()).isTrue();

        CompletableFuture<Void> second = CompletableFuture.runAsync(node::close, THREAD);
        assertThat(endsWithin(second, 200)).isFalse();

        servers.mayEnd.complete(null);
        CompletableFuture.allOf(first, second).get(30, TimeUnit.SECONDS);
    }

    private static boolean endsWithin(CompletableFuture<Void> future, long millis) throws Exception {
        try {
            future.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillWaits) {
            return false;
        }
    }
}
