package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.goaway.ClusterConfig;
import org.goaway.Registration;
import org.goaway.Weak;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.internal.cluster.Stack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A member that joins a cluster that runs, on nodes of this process. */
class JoiningIT {

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private final ClusterConfig config = ClusterConfig.builder().build();
    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
    }

    @Test
    void shouldGetWhatWeakObjectsHold() {
        Node founder = joined(Configs.spawner(config, config.cluster(), Stack.IN_PROCESS, Entry.founder()));
        server("server-1");
        server("server-2");
        Arrival.of(founder, 3, AT_MOST, () -> {});
        Arrival.of(founder.found(founder.infos(), AT_MOST), AT_MOST, () -> "founds");
        weak(founder).set("x", "set before it came");
        weak(founder).sync();

        Weak there = weak(server("server-3"));
        CompletableFuture<Object> seen = new CompletableFuture<>();
        try (Registration registration = there.onChange("x", seen::complete)) {
            Object before = there.get("x");
            Object found = before != null
                    ? before
                    : seen.completeOnTimeout("nothing", 20, TimeUnit.SECONDS).join();

            assertThat(found).isEqualTo("set before it came");
        }
    }

    private Weak weak(Node node) {
        return node.cluster(getClass().getClassLoader()).weak("w");
    }

    private Node server(String name) {
        return joined(Configs.server(config, config.cluster(), name, Stack.IN_PROCESS, Entry.seeker(AT_MOST)));
    }

    private Node joined(NodeConfig node) {
        Node joined = Node.join(node);
        nodes.add(0, joined);
        return joined;
    }
}
