package org.goaway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import org.goaway.ClusterConfig.Discovery;
import org.goaway.ClusterConfig.Launch;
import org.goaway.ClusterConfig.Stack;
import org.junit.jupiter.api.Test;

class ClusterConfigTest {

    @Test
    void shouldHaveTheDefaultsThatTheGettersName() {
        ClusterConfig config = ClusterConfig.builder().build();

        assertThat(config.launch()).isEqualTo(Launch.LOCAL);
        assertThat(config.localServers()).isBetween(2, 4);
        assertThat(config.servers()).isEmpty();
        assertThat(config.spawner()).isEmpty();
        assertThat(config.discovery()).isEqualTo(Discovery.SERVERS);
        assertThat(config.stack()).isEqualTo(Stack.TCP);
        assertThat(config.insecure()).isFalse();
        assertThat(config.router()).isEmpty();
        assertThat(config.expect()).isEmpty();
        assertThat(config.filepaths()).isEmpty();
        assertThat(config.voters()).isEqualTo(3);
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.spawnerTasks()).isTrue();
        assertThat(config.taskThreads()).isEmpty();
        assertThat(config.labels()).isEmpty();
        assertThat(config.bind()).isEmpty();
        assertThat(config.java()).isEmpty();
        assertThat(config.jvmArgs()).isEmpty();
        assertThat(config.output()).isTrue();
    }

    @Test
    void shouldNameClustersOfItsOwnServersSoThatTwoRunsNeverMeet() {
        ClusterConfig one = ClusterConfig.builder().localServers(2).build();
        ClusterConfig two = ClusterConfig.builder().inProcessServers(2).build();

        assertThat(one.cluster()).matches("local-[0-9a-f]{16}").isNotEqualTo(two.cluster());
        assertThat(one.cluster()).isEqualTo(one.cluster());
    }

    @Test
    void shouldNameClustersOfEqualsByTheUser() {
        ClusterConfig config = ClusterConfig.builder().launch("none").build();

        assertThat(config.cluster()).startsWith("goaway-").matches("[a-z0-9._-]+");
        assertThat(config.localServers()).isZero();
    }

    @Test
    void shouldCarryOnWhatWasSetAndNothingElse() {
        ClusterConfig first = ClusterConfig.builder().localServers(3).build();

        ClusterConfig second = first.toBuilder().voters(1).build();

        assertThat(second.localServers()).isEqualTo(3);
        assertThat(second.voters()).isEqualTo(1);
        assertThat(second.isSet(ConfigKey.SERVERS)).isTrue();
        assertThat(second.isSet(ConfigKey.CLUSTER)).isFalse();
        assertThat(first.voters()).isEqualTo(3);
    }

    @Test
    void shouldBeEqualWhenTheSettingsAre() {
        ClusterConfigBuilder builder = ClusterConfig.builder().cluster("demo").localServers(3);

        assertThat(builder.build()).isEqualTo(builder.build()).hasSameHashCodeAs(builder.build());
        assertThat(builder.build()).isNotEqualTo(builder.voters(1).build());
        assertThat(builder.build()).asString().contains("demo").contains("SERVERS=3");
    }

    @Test
    void shouldNameKeyAndOffendingValue() {
        ConfigException thrown = catchThrowableOfType(
                ConfigException.class, () -> ClusterConfig.builder().voters(2).build());

        assertThat(thrown).hasMessage("voters: 2 is not allowed; it takes 1, 3 or 5");
        assertThat(thrown.key()).contains("voters");
        assertThat(thrown.file()).isEmpty();
        assertThat(thrown.line()).isEmpty();
    }

    @Test
    void shouldRefuseWhatThisVersionCannotDo() {
        assertRefused(
                ClusterConfig.builder().launch("ssh").keyFile(Path.of("a.key")),
                "key_file: a.key goes with launch: none; with launch: ssh each run makes a key");
        assertRefused(
                ClusterConfig.builder().launch("ssh").discovery("multicast"),
                "discovery: multicast goes with launch: none; with launch: ssh the servers are listed");
        assertRefused(ClusterConfig.builder().keyFile(Path.of("a.key")), "key_file: a.key goes with launch: none");
        assertRefused(ClusterConfig.builder().stack("own.xml"), "stack: own.xml is not allowed; it takes tcp");
        assertRefused(ClusterConfig.builder().insecure(true), "insecure: true is for stack: udp only");
        assertRefused(
                ClusterConfig.builder().launch("none").servers("ubuntu@a:9060"), "servers: ubuntu@a:9060 names a user");
    }

    @Test
    void shouldRefuseNoServerAtAll() {
        assertRefused(ClusterConfig.builder().localServers(0), "servers: 0 is not allowed");
        assertRefused(ClusterConfig.builder().inProcessServers(-1), "servers: -1 is not allowed");
    }

    @Test
    void shouldTakeAddressesOfAnyForm() {
        ClusterConfig config = ClusterConfig.builder()
                .launch("none")
                .servers("10.0.0.1", "host-1.example:9060", "[fe80::1]:9060", "[::1]")
                .build();

        assertThat(config.servers()).hasSize(4);
    }

    @Test
    void shouldTakeUsersToLogInAsForLaunchingOverSsh() {
        ClusterConfig config = ClusterConfig.builder()
                .launch("ssh")
                .servers("ubuntu@52.201.233.99:9060", "alias")
                .bind("10.0.0.0/8")
                .build();

        assertThat(config.launch()).isEqualTo(ClusterConfig.Launch.SSH);
        assertThat(config.servers()).containsExactly("ubuntu@52.201.233.99:9060", "alias");
        assertThat(config.localServers()).isZero();
        assertThat(config.cluster()).matches("ssh-[0-9a-f]{16}");
        assertRefused(ClusterConfig.builder().launch("ssh").servers(3), "servers: 3 is a number, but launch: ssh");
    }

    private static void assertRefused(ClusterConfigBuilder builder, String message) {
        assertThatThrownBy(builder::build).isInstanceOf(ConfigException.class).hasMessageStartingWith(message);
    }
}
