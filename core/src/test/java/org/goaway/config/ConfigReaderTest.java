package org.goaway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.goaway.ClusterConfig;
import org.goaway.ConfigException;
import org.goaway.ConfigKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {

    @TempDir
    private Path folder;

    private final Properties properties = new Properties();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void shouldReadEveryKeyThatThisVersionHonours() throws IOException {
        Path jar = Files.createFile(folder.resolve("extra.jar"));
        ClusterConfig config = read("""
                cluster: demo           # a comment
                servers:
                  - 127.0.0.1:9060
                  - other-host
                spawner: 10.0.0.1:9060
                launch: none
                discovery: multicast
                expect: 7
                stack: tcp
                filepaths: ["%s"]
                voters: 5
                lease: 2s
                timeout: 1500ms
                role: peer
                spawner_tasks: off
                task_threads: 8
                labels: [gpu, big]
                bind: 127.0.0.1
                java: /usr/bin/java
                jvm_args: [-Xmx2g, "-Dx=a,b"]
                insecure: false
                output: off
                """.formatted(jar));

        assertThat(config.cluster()).isEqualTo("demo");
        assertThat(config.servers()).containsExactly("127.0.0.1:9060", "other-host");
        assertThat(config.localServers()).isZero();
        assertThat(config.spawner()).contains("10.0.0.1:9060");
        assertThat(config.launch()).isEqualTo(ClusterConfig.Launch.NONE);
        assertThat(config.discovery()).isEqualTo(ClusterConfig.Discovery.MULTICAST);
        assertThat(config.expect()).hasValue(7);
        assertThat(config.filepaths()).containsExactly(jar);
        assertThat(config.voters()).isEqualTo(5);
        assertThat(config.timeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(config.spawnerTasks()).isFalse();
        assertThat(config.taskThreads()).hasValue(8);
        assertThat(config.labels()).isEqualTo(Set.of("gpu", "big"));
        assertThat(config.bind()).contains("127.0.0.1");
        assertThat(config.java()).contains("/usr/bin/java");
        assertThat(config.jvmArgs()).containsExactly("-Xmx2g", "-Dx=a,b");
        assertThat(config.output()).isFalse();
    }

    @Test
    void shouldAcceptTheOldNamesOfServersAndSpawner() throws IOException {
        ClusterConfig config = read("launch: none\nremote_servers: [a, b]\nspawner_server: c:1\n");

        assertThat(config.servers()).containsExactly("a", "b");
        assertThat(config.spawner()).contains("c:1");
    }

    @Test
    void shouldMeetAtTheRoutersOfATunnel() throws IOException {
        ClusterConfig config = read("launch: none\nstack: tunnel\nrouter: [a, '[::1]:12002']\n");

        assertThat(config.router()).containsExactly("a", "[::1]:12002");
        assertThat(config.discovery()).isEqualTo(ClusterConfig.Discovery.GOSSIP_ROUTER);
    }

    @Test
    void shouldAcceptTheNumberOfServersToStartHere() throws IOException {
        ClusterConfig config = read("launch: local\nservers: 3\n");

        assertThat(config.launch()).isEqualTo(ClusterConfig.Launch.LOCAL);
        assertThat(config.localServers()).isEqualTo(3);
        assertThat(config.servers()).isEmpty();
    }

    @Test
    void shouldPreferCodeThenPropertiesThenEnvironmentThenFile() throws IOException {
        environment.put("GOAWAY_VOTERS", "3");
        environment.put("GOAWAY_TASK_THREADS", "2");
        environment.put("GOAWAY_LABELS", "from, environment");
        properties.setProperty("goaway.task_threads", "7");
        properties.setProperty("goaway.labels", "from,property");
        ClusterConfig code =
                ClusterConfig.builder().localServers(2).labels("code").build();
        Path file = write("timeout: 9s\nvoters: 1\ntask_threads: 3\nlabels: [file]\nlaunch: none\n");

        ClusterConfig config = reader().complete(code, Optional.of(file));

        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.voters()).isEqualTo(3);
        assertThat(config.taskThreads()).hasValue(7);
        assertThat(config.labels()).isEqualTo(Set.of("code"));
        assertThat(config.localServers()).isEqualTo(2);
    }

    @Test
    void shouldSplitListsOfPropertiesAtCommas() {
        properties.setProperty("goaway.launch", "none");
        properties.setProperty("goaway.servers", "a:1, b");

        assertThat(complete().servers()).containsExactly("a:1", "b");
    }

    @Test
    void shouldGiveTheDefaultsWhereNothingIsSet() throws IOException {
        ClusterConfig config = read("");

        assertThat(config.launch()).isEqualTo(ClusterConfig.Launch.LOCAL);
        assertThat(config.localServers()).isBetween(2, 4);
        assertThat(config.isSet(ConfigKey.LAUNCH)).isFalse();
    }

    /** As where tests start clusters of their own on a machine that is set up for another. */
    @Test
    void shouldLeaveOutWhatWasMeantForALaunchThatTheProgramOverrules() {
        environment.put("GOAWAY_LAUNCH", "none");
        environment.put("GOAWAY_DISCOVERY", "multicast");
        environment.put("GOAWAY_EXPECT", "3");

        ClusterConfig config =
                reader().complete(ClusterConfig.builder().localServers(2).build(), Optional.empty());

        assertThat(config.isSet(ConfigKey.DISCOVERY)).isFalse();
        assertThat(config.isSet(ConfigKey.EXPECT)).isFalse();
    }

    @Test
    void shouldTakeALeadingTildeForTheHomeFolder() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path jar = Files.createFile(home.resolve("extra.jar"));
        String realHome = System.getProperty("user.home");
        System.setProperty("user.home", home.toString());
        try {
            ClusterConfig ofFile = read("launch: none\nkey_file: ~/.goaway/cluster.key\nfilepaths: [~/extra.jar]\n");
            properties.setProperty("goaway.launch", "none");
            properties.setProperty("goaway.key_file", "~/of-property.key");
            environment.put("GOAWAY_FILEPATHS", "~/extra.jar");
            ClusterConfig code = ClusterConfig.builder()
                    .launch("none")
                    .keyFile(Path.of("~/of-code.key"))
                    .filepaths("~/extra.jar")
                    .build();

            assertThat(ofFile.keyFile()).contains(home.resolve(".goaway/cluster.key"));
            assertThat(ofFile.filepaths()).containsExactly(jar);
            assertThat(complete().keyFile()).contains(home.resolve("of-property.key"));
            assertThat(complete().filepaths()).containsExactly(jar);
            assertThat(code.keyFile()).contains(home.resolve("of-code.key"));
            assertThat(code.filepaths()).containsExactly(jar);
            environment.clear();
            assertThatThrownBy(() -> read("filepaths: [~/none.jar]"))
                    .hasMessageContaining("filepaths: " + home.resolve("none.jar") + " is not allowed");
        } finally {
            System.setProperty("user.home", realHome);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            voters: 2                      | voters: 2 is not allowed; it takes 1, 3 or 5
            voters: three                  | voters: three is not allowed; it takes 1, 3 or 5
            voters: [1, 3]                 | voters: a list is not allowed; it takes 1, 3 or 5
            timeout: 10                    | timeout: 10 is not allowed; it takes a time from 100ms to 1h
            timeout: 1ms                   | timeout: 1ms is not allowed; it takes a time from 100ms to 1h
            output: maybe                  | output: maybe is not allowed; it takes on or off
            task_threads: 0                | task_threads: 0 is not allowed; it takes a number of threads, 1 to 10000
            task_threads: 99999999999      | task_threads: 99999999999 is not allowed
            expect: -1                     | expect: -1 is not allowed
            cluster: two words             | cluster: two words is not allowed; it takes a name of letters
            cluster:                       | cluster: an empty value is not allowed
            cluster: {a: b}                | cluster: a list or mapping within is not allowed
            labels: [[a]]                  | labels: a list or mapping within is not allowed
            labels: [""]                   | labels: an empty value is not allowed
            servers: 0                     | servers: 0 is not allowed
            servers: [":9060"]             | servers: :9060 is not allowed; it takes a list of host or host:port
            servers: ["a:70000"]           | servers: a:70000 is not allowed
            servers: [a]                   | servers is a list of addresses and launch is not set; use launch: ssh, or launch: none
            servers: []                    | servers is a list of addresses and launch is not set
            spawner: a b                   | spawner: a b is not allowed; it takes host or host:port
            launch: remote                 | launch: remote is not allowed; it takes ssh, local, in-process or none
            discovery: dns                 | discovery: dns is not allowed; it takes servers, multicast or gossip-router
            discovery: gossip-router       | discovery: gossip-router needs stack: tunnel
            discovery: multicast           | discovery: multicast needs launch: none
            discovery: servers             | discovery: servers needs launch: none
            expect: 3                      | expect: 3 needs launch: none; without it this process starts servers of its own
            role: boss                     | role: boss is not allowed; it takes peer
            stack: carrier                 | stack: carrier is not allowed; it takes tcp, udp or tunnel
            stack: udp                     | stack: udp needs launch: none
            stack: tunnel                  | stack: tunnel needs launch: none
            stack: own.xml                 | stack: own.xml is not allowed; it takes tcp, udp or tunnel
            key_file: a.key                | key_file: a.key goes with launch: none
            router: [a:1]                  | router needs stack: tunnel
            router: ["me@a:1"]             | router: me@a:1 is not allowed; it takes a list of host or host:port
            insecure: true                 | insecure: true is for stack: udp only
            role: server                   | role: server is not allowed; it takes peer
            filepaths: [no-such.jar]       | no-such.jar is not allowed; it takes a list of jars and folders that exist
            filepaths: [""]                | filepaths: an empty value is not allowed
            filepaths: "/,"                | filepaths: an empty value is not allowed
            jvm_args: [Xmx2g]              | jvm_args: Xmx2g is not allowed; it takes a list of options for java
            tiemout: 3s                    | tiemout is no key of GoAway; did you mean timeout?
            taskthreads: 3                 | taskthreads is no key of GoAway; did you mean task_threads?
            [a]: 3                         | (not a word) is no key of GoAway
            """)
    void shouldNameFileLineAndWhatIsAllowed(String line, String problem) throws IOException {
        Path file = write("# first\n" + line + "\n");

        ConfigException thrown =
                catchThrowableOfType(ConfigException.class, () -> reader().complete(nothingSet(), Optional.of(file)));

        assertThat(thrown).hasMessageStartingWith(file + ":2: ").hasMessageContaining(problem);
        assertThat(thrown.file()).contains(file.toString());
        assertThat(thrown.line()).hasValue(2);
        assertThat(thrown.key()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            launch: none, servers: 3                    | servers: 3 is a number, but launch: none takes addresses
            launch: local, servers: [a]                 | servers is a list of addresses, but launch: local takes their number
            launch: local, servers: 2, expect: 3        | expect: 3 needs launch: none
            launch: in-process, discovery: multicast    | discovery: multicast needs launch: none
            launch: none, servers: [me@a]               | servers: me@a names a user to log in as, which goes with launch: ssh
            launch: none, stack: tunnel                 | stack: tunnel needs router: [host:port], where 'goaway router' runs
            launch: none, stack: tunnel, router: [a], discovery: multicast | discovery: multicast does not go with stack: tunnel
            launch: none, stack: udp                    | stack: udp is not protected
            launch: none, stack: udp, insecure: true, key_file: a.key | key_file: a.key protects nothing with stack: udp
            launch: none, stack: udp, insecure: true, discovery: servers | discovery: servers does not go with stack: udp
            cluster: a, cluster: b                      | cluster is set already
            launch: none, servers: [a], remote_servers: [b] | servers is set already
            """)
    void shouldRefuseSettingsThatContradictEachOther(String settings, String problem) throws IOException {
        Path file = write(settings.replaceAll(", (\\w+:)", "\n$1") + "\n");

        assertThatThrownBy(() -> reader().complete(nothingSet(), Optional.of(file)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file + ":")
                .hasMessageContaining(problem);
    }

    @Test
    void shouldSayWhereItLookedForARelativePath() {
        assertThatThrownBy(() -> read("filepaths: [no-such.jar]"))
                .hasMessageContaining("filepaths: " + Path.of("no-such.jar").toAbsolutePath() + " is not allowed");
    }

    @Test
    void shouldSayWhatIsWrongWithAFileThatIsNoMapping() throws IOException {
        assertThatThrownBy(() -> read("just words")).hasMessageContaining(":1: expected lines of the form key: value");
        assertThatThrownBy(() -> read("a: b\n c: [")).hasMessageMatching("(?s).*:\\d+: this is no YAML: .*");
        assertThatThrownBy(() -> reader().complete(nothingSet(), Optional.of(folder.resolve("missing.yaml"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("missing.yaml: there is no such file");
    }

    @Test
    void shouldNameThePropertyOrVariableOfAWrongValue() {
        properties.setProperty("goaway.voters", "4");
        assertThatThrownBy(this::complete)
                .hasMessage("system property goaway.voters: voters: 4 is not allowed; it takes 1, 3 or 5");

        properties.clear();
        environment.put("GOAWAY_OUTPUT", "loud");
        assertThatThrownBy(this::complete)
                .hasMessage("environment variable GOAWAY_OUTPUT: output: loud is not allowed; it takes on or off");
    }

    @Test
    void shouldRefuseSlipsOfThePenButLeaveOthersPropertiesAlone() {
        properties.setProperty("goaway.test.args", "x");
        properties.setProperty("goaway.seeds", "2000");
        environment.put("GOAWAY_HOME", "/opt/goaway");
        environment.put("GOAWAY_CLUSTER", "");
        assertThat(complete().isSet(ConfigKey.CLUSTER)).isFalse();

        properties.setProperty("goaway.timeuot", "3s");
        assertThatThrownBy(this::complete)
                .isInstanceOf(ConfigException.class)
                .hasMessage("system property goaway.timeuot: timeuot is no key of GoAway; did you mean timeout?");
    }

    private ClusterConfig read(String text) throws IOException {
        return reader().complete(nothingSet(), Optional.of(write(text)));
    }

    private ClusterConfig complete() {
        return reader().complete(nothingSet(), Optional.empty());
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("goaway.yaml"), text);
    }

    private ConfigReader reader() {
        return new ConfigReader(properties, environment);
    }

    private static ClusterConfig nothingSet() {
        return ClusterConfig.builder().build();
    }
}
