package org.goaway.usage.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.TaskOptions;
import org.goaway.testing.GoAwayCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** One of three members takes four times as long for each item. */
@Tag("process")
@EnabledIfSystemProperty(named = "goaway.nemesis.seconds", matches = "[1-9].*", disabledReason = "only -Plong")
@Timeout(120)
@GoAwayCluster(nodes = 3)
class SlowMemberIT {

    private static final int ITEMS = 1_000;
    private static final int MILLIS = 100;
    private static final int SLOWER = 4;

    /** What ends last decides, so what counts is how long each has had to work, whatever else the machine does. */
    @Test
    void shouldLeaveTheSlowMemberNoMoreThanItsShareOfAMap(Cluster cluster) {
        TaskOptions servers = TaskOptions.builder().excludeSpawner(true).build();

        Map<String, Long> done =
                cluster.map(servers, Collections.nCopies(ITEMS, MILLIS), SlowMemberIT::work).join().stream()
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        double ideal = ITEMS / (2 + 1.0 / SLOWER);
        long slow = done.get("server-1") * SLOWER;
        assertThat(Math.max(slow, Collections.max(done.values()))).isLessThanOrEqualTo((long) (1.15 * ideal));
        assertThat(done).containsOnlyKeys("server-1", "server-2", "server-3");
    }

    private static String work(int millis) throws InterruptedException {
        String name = GoAway.current().self().name();
        TimeUnit.MILLISECONDS.sleep(name.equals("server-1") ? SLOWER * (long) millis : millis);
        return name;
    }
}
