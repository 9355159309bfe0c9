package org.goaway.usage.mishap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAwayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Starts that cannot succeed; they leave nothing behind. */
@Tag("process")
class FailedStartIT {

    private final Set<ProcessHandle> before = Servers.processes();

    @AfterEach
    void nothingIsLeft() {
        Servers.assertNoneLeft(before);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("goaway-loop"));
    }

    @Test
    void shouldNameTheJavaThatIsNotThere() {
        ClusterConfig config =
                ClusterConfig.builder().localServers(1).java("/no/such/java").build();

        assertThatThrownBy(() -> Cluster.start(config))
                .isInstanceOf(GoAwayException.class)
                .hasMessageContainingAll("/no/such/java", "'java'");
    }

    @Test
    void shouldShowWhatAServerSaidThatDidNotStart() {
        ClusterConfig config = ClusterConfig.builder()
                .localServers(1)
                .jvmArgs("-XX:NoSuchOption=1")
                .build();

        assertThatThrownBy(() -> Cluster.start(config))
                .isInstanceOf(GoAwayException.class)
                .hasMessageContainingAll("server-1", "NoSuchOption");
    }

    @Test
    void shouldNameThePortThatIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + other.getLocalPort();
            ClusterConfig config =
                    ClusterConfig.builder().localServers(1).spawner(address).build();

            assertThatThrownBy(() -> Cluster.start(config))
                    .isInstanceOf(GoAwayException.class)
                    .hasMessageContainingAll(Integer.toString(other.getLocalPort()), "another port");
        }
    }
}
