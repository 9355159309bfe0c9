package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class KMeansIT {

    @Test
    void shouldFindTheMiddlesThatOneThreadFinds() {
        try (Program program = Program.goaway(
                "example", "kmeans", "--nodes", "2", "--workers", "3", "--points", "1000", "--rounds", "5")) {
            var ended = program.ends().well().leavingNoneOf(2);

            assertThat(ended.lines())
                    .hasSize(7)
                    .startsWith("3 workers on 3 members")
                    .endsWith("found as by one thread");
            assertThat(ended.lines().subList(1, 6))
                    .allMatch(line -> line.matches("middle at -?\\d+\\.\\d\\d, -?\\d+\\.\\d\\d"));
        }
    }

    @Test
    void shouldRefuseFewerPointsThanClustersWithStatus2() {
        try (Program program = Program.goaway("example", "kmeans", "--points", "2", "--clusters", "3")) {
            assertThat(program.ends().with(2).leavingNoneOf(0).err()).contains("--points 2", "Usage: kmeans");
        }
    }
}
