package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.goaway.ClusterConfig;
import org.goaway.RemoteTask;
import org.goaway.StrictCentralized;
import org.goaway.TaskOptions;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.internal.cluster.PackedTransport;
import org.goaway.internal.cluster.Stack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members that leave by their own word all at once, on nodes of this process: what they vote on goes on. */
class LeavingIT {

    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final int LARGE = 8 << 20;

    private final ClusterConfig config = ClusterConfig.builder().voters(3).build();
    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
    }

    /** With three servers one of the two can be replaced, by the program; with more, both. */
    @ParameterizedTest
    @CsvSource({"3, true", "3, false", "5, true", "5, false", "4, true"})
    void shouldGoOnWhenTwoOfThreeVotersLeaveAtOnce(int servers, boolean leaderToo) {
        Node founder = founded(servers);
        StrictCentralized strict = founder.cluster(getClass().getClassLoader()).strictCentralized("s");
        strict.set("n", 1);
        Node leader = leader(founder);
        List<Node> voters = new ArrayList<>(nodes);
        voters.removeIf(node -> !node.self().name().matches("server-[123]"));
        assertThat(voters).contains(leader).hasSize(3);
        voters.remove(leader);
        leaveTogether(leaderToo ? List.of(leader, voters.get(0)) : voters);
        strict.set("n", 2);
        assertThat(strict.get("n")).isEqualTo(2);
    }

    /** It travels in parts, behind what is small. */
    @Test
    void shouldLetALargeResultArriveBeforeItLeaves() {
        Node founder = founded(2);
        NodeCluster cluster = founder.cluster(getClass().getClassLoader());
        Node leaving = node("server-1");
        TaskOptions there =
                TaskOptions.builder().on(founder.members().named("server-1")).build();
        RemoteTask<byte[]> task = cluster.call(there, size -> new byte[size], LARGE);
        PackedTransport transport = leaving.harm().channel().transport();
        while (transport.queued(founder.self().id(), LARGE) == 0 && !task.isDone()) {
            LockSupport.parkNanos(1_000);
        }
        leaving.close();
        assertThat(task.join()).hasSize(LARGE);
    }

    private static void leaveTogether(List<Node> leaving) {
        Executor thread = work -> new Thread(work).start();
        CompletableFuture.allOf(leaving.stream()
                        .map(node -> CompletableFuture.runAsync(node::leaveAtOnce, thread))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** Its answer may reach the founder before the news who leads. */
    private Node leader(Node founder) {
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        Node first = founder;
        while (first == founder) {
            assertThat(System.nanoTime()).as("a leader is known").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
            first = node(founder.members().all().get(0).name());
        }
        return first;
    }

    private Node node(String name) {
        return nodes.stream()
                .filter(node -> node.self().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Node founded(int servers) {
        Node founder = joined(Configs.spawner(config, Entry.founder()));
        Configs.serverNames(servers)
                .forEach(name -> joined(
                        Configs.server(config, config.cluster(), name, Stack.IN_PROCESS, Entry.seeker(AT_MOST))));
        Arrival.of(founder, servers + 1, AT_MOST, () -> {});
        Arrival.of(founder.found(founder.infos(), AT_MOST), AT_MOST, () -> "founds");
        return founder;
    }

    private Node joined(NodeConfig node) {
        Node joined = Node.join(node);
        nodes.add(0, joined);
        return joined;
    }
}
