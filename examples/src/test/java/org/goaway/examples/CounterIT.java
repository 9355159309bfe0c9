package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.goaway.ClusterConfig;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class CounterIT {

    @Test
    void shouldCountToTenOnTheDefaultCluster() {
        try (Program program = Program.goaway("example", "counter")) {
            int servers = ClusterConfig.builder().build().localServers();
            var ended = program.ends().well().leavingNoneOf(servers);

            assertThat(ended.out()).isEqualTo("10\n");
        }
    }
}
