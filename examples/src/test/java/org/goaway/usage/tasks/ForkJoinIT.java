package org.goaway.usage.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.RemoteTask;
import org.goaway.testing.GoAwayCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks start tasks and wait for them, 6 deep; most of them wait at any time. */
@Tag("process")
@Timeout(120)
@GoAwayCluster(nodes = 2)
class ForkJoinIT {

    private static final int DEPTH = 6;
    private static final int WIDTH = 3;

    @Test
    void shouldJoinTasksOfTasksSixDeepOnAllMembers(Cluster cluster) {
        Tree tree = cluster.call(ForkJoinIT::grow, DEPTH).join();

        assertThat(tree.leaves()).isEqualTo((int) Math.pow(WIDTH, DEPTH));
        assertThat(tree.members()).containsExactly("server-1", "server-2", "spawner");
    }

    private record Tree(int leaves, Set<String> members) {}

    private static Tree grow(int depth) {
        Set<String> members = new TreeSet<>(Set.of(GoAway.current().self().name()));
        if (depth == 0) {
            return new Tree(1, members);
        }
        List<RemoteTask<Tree>> branches = IntStream.range(0, WIDTH)
                .mapToObj(branch -> GoAway.call(ForkJoinIT::grow, depth - 1))
                .toList();
        int leaves = 0;
        for (RemoteTask<Tree> branch : branches) {
            Tree grown = branch.join();
            leaves += grown.leaves();
            members.addAll(grown.members());
        }
        return new Tree(leaves, members);
    }
}
