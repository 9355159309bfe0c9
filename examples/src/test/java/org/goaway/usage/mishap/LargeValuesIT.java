package org.goaway.usage.mishap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.NotTransferableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 64 MB in one field. */
@Tag("process")
class LargeValuesIT {

    private static final int SIZE = 64 << 20;

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = GoAway.init(ClusterConfig.builder()
                .localServers(1)
                .spawnerTasks(false)
                .timeout(Duration.ofMinutes(1)) // this is about size, whatever time the machine takes for it
                .build());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void shouldBeRefusedByNameForStrictObjects() {
        var strict = cluster.strictCentralized("archive");

        assertThatThrownBy(() -> strict.set("film", new byte[SIZE]))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContainingAll("archive", "film", "16");

        strict.set("film", "short");
        assertThat(strict.get("film")).isEqualTo("short");
    }

    @Test
    void shouldReachTheOthersInFastReadObjects() {
        cluster.linFastRead("archive").set("film", bytes());

        assertThat(cluster.call(() -> hash(GoAway.linFastRead("archive").get("film", byte[].class)))
                        .join())
                .isEqualTo(hash(bytes()));
    }

    @Test
    void shouldReachTheOthersInWeakObjects() {
        cluster.weak("archive").set("film", bytes());
        cluster.weak("archive").sync();

        assertThat(cluster.call(() -> hash(GoAway.weak("archive").get("film", byte[].class)))
                        .join())
                .isEqualTo(hash(bytes()));
    }

    @Test
    void shouldReachTheOthersInReleasedObjects() {
        var archive = cluster.updateOnRelease("archive");
        try (var held = archive.acquire()) {
            archive.set("film", bytes());
        }

        assertThat(cluster.call(LargeValuesIT::hashOfReleased).join()).isEqualTo(hash(bytes()));
    }

    private static int hashOfReleased() {
        var archive = GoAway.updateOnRelease("archive");
        try (var held = archive.acquire()) {
            return hash(archive.get("film", byte[].class));
        }
    }

    @Test
    void shouldTravelAsArgumentAndResult() {
        byte[] back = cluster.call(LargeValuesIT::same, bytes()).join();

        assertThat(hash(back)).isEqualTo(hash(bytes()));
    }

    private static byte[] same(byte[] bytes) {
        return bytes;
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[SIZE];
        for (int i = 0; i < SIZE; i += 4096) {
            bytes[i] = (byte) (i >> 12);
        }
        return bytes;
    }

    private static int hash(byte[] bytes) {
        return Arrays.hashCode(bytes);
    }
}
