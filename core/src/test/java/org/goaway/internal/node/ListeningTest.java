package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.goaway.ClusterConfig;
import org.goaway.ClusterConfigBuilder;
import org.goaway.ConfigException;
import org.goaway.internal.cluster.Host;
import org.junit.jupiter.api.Test;

class ListeningTest {

    private static ClusterConfigBuilder list(String... servers) {
        return ClusterConfig.builder().launch("none").servers(servers);
    }

    /** Where a server of the list listens that was told nothing else. */
    private static String at(ClusterConfigBuilder config) {
        return Host.of(Listening.ofServer(config.build(), OptionalInt.empty()).bind())
                .toString();
    }

    private static String ofProgram(ClusterConfigBuilder config) {
        return Host.of(Listening.ofProgram(config.build()).bind()).toString();
    }

    @Test
    void shouldListenAtTheEntryThatIsThisMachines() {
        assertThat(at(list("192.0.2.200:7001", "127.0.0.1:7002"))).isEqualTo("127.0.0.1:7002");
        assertThat(at(list("[::1]:7003"))).isEqualTo("[::1]:7003");
        assertThat(at(list("127.0.0.1"))).isEqualTo("127.0.0.1:" + ClusterConfig.USUAL_PORT);
    }

    @Test
    void shouldListenInTheFamilyThatTheWholeListHas() {
        assertThat(at(list("localhost:7004", "192.0.2.200"))).isEqualTo("127.0.0.1:7004");
        assertThat(at(list("[::1]:7005", "127.0.0.1:7005"))).isEqualTo("127.0.0.1:7005");
        assertThat(at(list("[::1]:7006", "192.0.2.200:7006", "[2001:db8::1]:7006")))
                .isEqualTo("[::1]:7006");
    }

    @Test
    void shouldTakeTheEntryOfTheAddressThatIsToBeBound() {
        assertThat(at(list("127.0.0.2:7001", "127.0.0.3:7002").bind("127.0.0.3")))
                .isEqualTo("127.0.0.3:7002");
    }

    @Test
    void shouldTakeThePortThatAllHaveWhereTheListDoesNotKnowThisMachine() {
        assertThat(at(list("no-such-host.invalid:7001"))).isEqualTo("127.0.0.1:7001");
        assertThat(at(list("one.invalid:7001", "other.invalid:7002").bind("127.0.0.1")))
                .isEqualTo("127.0.0.1:" + ClusterConfig.USUAL_PORT);
    }

    @Test
    void shouldAskWhichEntryIsMeantWhereSeveralAreOfThisMachine() {
        ClusterConfigBuilder two = list("127.0.0.1:7001", "127.0.0.1:7002");

        assertThatThrownBy(() -> at(two)).isInstanceOf(ConfigException.class).hasMessageContaining("--port");
        assertThat(Listening.ofServer(two.build(), OptionalInt.of(7002)).bind().getPort())
                .isEqualTo(7002);
    }

    @Test
    void shouldListenWhereTheNameOfTheSpawnerIsThisMachines() {
        ClusterConfigBuilder multicast = ClusterConfig.builder().launch("none").discovery("multicast");
        assertThat(ofProgram(multicast.spawner("localhost:7007"))).isIn("127.0.0.1:7007", "[::1]:7007");
        assertThat(ofProgram(multicast.spawner("127.0.0.1:7008"))).isEqualTo("127.0.0.1:7008");
        assertThatThrownBy(() -> ofProgram(multicast.spawner("no-such-host.invalid:7009")))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.key()).contains("spawner"))
                .hasMessageContaining("spawner: nobody knows the host 'no-such-host.invalid'");
        assertThatThrownBy(() -> ofProgram(multicast.spawner("192.0.2.200:7010")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("spawner: 192.0.2.200 is at [192.0.2.200] and not this machine, which has [");
    }

    /** All machines may have one file: the spawner's address is not that of the servers, nor are they on its machine. */
    @Test
    void shouldNotTakeTheSpawnersAddressForThatOfAServer() {
        ClusterConfigBuilder elsewhere = list("127.0.0.1:7011").spawner("192.0.2.200:7012");
        assertThat(at(elsewhere)).isEqualTo("127.0.0.1:7011");

        ClusterConfig here = list("127.0.0.1:7011").spawner("127.0.0.1:7012").build();
        assertThat(Listening.ofServer(here, OptionalInt.of(7013)).bind().getPort())
                .isEqualTo(7013);
    }

    @Test
    void shouldPreferTheAddressThatIsToBeBoundToTheSpawners() {
        String spawner = "127.0.0.2:7014";
        String bind = "127.0.0.3";
        ClusterConfigBuilder peer = ClusterConfig.builder().launch("none").discovery("multicast");
        ClusterConfig launcher = ClusterConfig.builder()
                .launch("ssh")
                .servers("127.0.0.1")
                .spawner(spawner)
                .bind(bind)
                .build();

        assertThat(ofProgram(peer.spawner(spawner).bind(bind))).isEqualTo("127.0.0.3:7014");
        assertThat(Host.of(Fleet.of(launcher).bind())).hasToString("127.0.0.3:7014");
    }

    @Test
    void shouldTakeAnyPortAndOnlyLoopbackWithoutAListOrAKey() {
        assertThat(at(ClusterConfig.builder().launch("none").discovery("multicast")))
                .isEqualTo("127.0.0.1:0");
    }
}
