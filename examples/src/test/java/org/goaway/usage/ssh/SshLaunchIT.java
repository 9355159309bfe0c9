package org.goaway.usage.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.Member;
import org.goaway.TaskOptions;
import org.goaway.usage.Ended;
import org.goaway.usage.Eventually;
import org.goaway.usage.Lan;
import org.goaway.usage.Program;
import org.goaway.usage.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two machines with OpenSSH, in network namespaces of their own where that is possible, else on this machine. */
@Tag("process")
@Tag("machines")
class SshLaunchIT {

    private static final Map<String, String> NO_AGENT = Map.of("SSH_AUTH_SOCK", "");

    private static final int SPAWNER = 100;

    @TempDir
    private Path folder;

    private Optional<Lan> lan = Optional.empty();
    private String bridge;
    private Path key;
    private SshHost one;
    private SshHost two;
    private SshUser user;

    @BeforeEach
    void setUp() throws IOException {
        assumeThat(SshHost.missing()).as("why there is no SSH here").isEmpty();
        if (Lan.missing().isEmpty()) {
            lan = Optional.of(Lan.of(2));
            bridge = lan.get().comeIn(SPAWNER);
        }
        user = new SshUser(folder.resolve("user"));
        key = SshHost.newKey(folder.resolve("user/.ssh/id_ed25519"), "ed25519", "");
        one = host(1);
        two = host(2);
        user.knows("one", one);
        user.knows("two", two);
    }

    private SshHost host(int number) {
        return SshHost.start(
                folder.resolve("host-" + number),
                lan.map(there -> there.machine(number)),
                lan.map(there -> there.address(number)).orElse("127.0.0.1"),
                2200 + number,
                key.resolveSibling("id_ed25519.pub"));
    }

    @AfterEach
    void tearDown() {
        Stream.of(one, two).filter(host -> host != null).forEach(SshHost::close);
        lan.ifPresent(Lan::close);
    }

    @Test
    void shouldCopyJarsOnceRunTasksThereAndLeaveNothing() throws IOException {
        // What sets a terminal's title ends no line.
        Files.writeString(two.home().resolve(".bashrc"), "printf '\\033]0;two\\007'\n");
        Ended first =
                user.runs(Main.class, NO_AGENT, config("[one, two]", "")).ends().with(0);
        assertThat(first.err()).doesNotContain("SLF4J", "JGRP", "Exception");
        assertNoneRuns(first.out());
        Map<String, Object> copied = jars(one);
        assertThat(copied).hasSizeGreaterThan(5);
        assertThat(jars(two)).hasSameSizeAs(copied);

        SshUser other = new SshUser(folder.resolve("other"));
        other.knows("one", one);
        other.knows("two", two);
        Path socket = folder.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectErrorStream(true)
                .start();
        try {
            Eventually.holds(() -> Files.exists(socket), () -> "the agent does not start");
            Shell.run("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", key.toString());
            try (Program program = other.runs(
                    Main.class,
                    Map.of("SSH_AUTH_SOCK", socket.toString()),
                    config("[one, two]", "cluster: by-agent"),
                    "all of them run")) {
                program.prints("all of them run");
                assertNoneRuns(program.isKilled().out());
            }
        } finally {
            agent.destroyForcibly();
        }
        assertThat(jars(one)).isEqualTo(copied);
    }

    @Test
    void shouldSayOfEachHostWhatKeepsFromStartingThere() throws IOException {
        user.has("config", "Host refused locked loose\n  IdentitiesOnly yes\n");
        SshHost.newKey(folder.resolve("user/.ssh/stranger"), "ecdsa", "");
        SshHost.newKey(folder.resolve("user/.ssh/locked"), "ed25519", "secret");
        Path loose = user.has("loose", Files.readString(key));
        Files.setPosixFilePermissions(loose, PosixFilePermissions.fromString("rw-r--r--"));
        String strangers = Files.readString(folder.resolve("user/.ssh/stranger.pub"));
        user.has("changed", one.knownBy(strangers));
        user.has("revoked", one.known() + "@revoked " + one.known());
        user.calls("refused", one, "IdentityFile ~/.ssh/stranger");
        user.calls("locked", one, "IdentityFile ~/.ssh/locked");
        user.calls("loose", one, "IdentityFile " + loose);
        user.calls("unknown", one, "UserKnownHostsFile ~/.ssh/none");
        user.calls("changed", one, "UserKnownHostsFile ~/.ssh/changed");
        user.calls("revoked", one, "UserKnownHostsFile ~/.ssh/revoked");
        user.has("config", "Host away\n  HostName " + one.address() + "\n  Port 1\n");

        Ended ended = user.runs(
                        Main.class,
                        NO_AGENT,
                        config(
                                "[one, refused, locked, loose, unknown, changed, revoked, away, no-such-host.invalid]",
                                "java: /no/such/java"))
                .ends()
                .with(1);

        assertThat(ended.err())
                .containsPattern("server-1 on one: .*/no/such/java.*install a Java 17")
                .containsPattern("server-2 on refused: .*stranger is refused.*ssh-copy-id refused")
                .containsPattern("server-3 on locked: .*has a passphrase.*ssh-add")
                .containsPattern("server-4 on loose: .*others than its owner may read it: chmod 600")
                .containsPattern("server-5 on unknown: its host key .*by hand: ssh unknown")
                .containsPattern("server-6 on changed: its host key .*ssh-keygen -R")
                .containsPattern("server-7 on revoked: its host key .*revoked")
                .containsPattern("server-8 on away: port 1 of .*Connection refused.*firewall")
                .containsPattern("server-9 on no-such-host.invalid: the host .* is not known");
    }

    @Test
    void shouldSayWhyTheJarsCannotBePutThere() throws IOException {
        Files.writeString(one.home().resolve(".goaway"), "no folder");
        assertThat(user.runs(Main.class, NO_AGENT, config("[one]", ""))
                        .ends()
                        .with(1)
                        .err())
                .containsPattern("cannot be put into ~/.goaway/jars there(?s:.*)mkdir: .*\\.goaway");
    }

    /** As one that waits for its user to confirm. */
    @Test
    void shouldTellALoginThatTakesLongFromARefusedKey() throws IOException {
        Path socket = folder.resolve("silent agent");
        user.has("config", "Host slow\n  IdentityAgent \"" + socket + "\"\n");
        user.calls("slow", one, "");
        try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            agent.bind(UnixDomainSocketAddress.of(socket));
            assertThat(user.runs(Main.class, NO_AGENT, config("[slow]", ""))
                            .ends()
                            .with(1)
                            .err())
                    .containsPattern("server-1 on slow: it has not finished the login within 30 s: confirm")
                    .doesNotContain("ssh-copy-id");
        }
    }

    @Test
    void shouldSayWhyAServerDoesNotJoin() throws IOException {
        Path old = Files.writeString(folder.resolve("old-java"), """
                #!/bin/sh
                echo "Error: LinkageError occurred while loading main class Main
                	java.lang.UnsupportedClassVersionError: Main has been compiled by a more recent version of the Java \
                Runtime (class file version 61.0), this version of the Java Runtime only recognizes class file versions \
                up to 55.0" >&2
                exit 1
                """);
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Program tooOld = user.runs(Main.class, NO_AGENT, config("[one]", "java: " + old));
                Program taken = user.runs(Main.class, NO_AGENT, config("['one:" + one.port() + "']", ""))) {
            assertThat(tooOld.ends().with(1).err())
                    .containsPattern("server-1 on one ended with status 1 before it joined")
                    .containsPattern("Its Java 11 is too old: install a Java 17 or newer");
            assertThat(taken.ends().with(1).err())
                    .containsPattern("server-1 on one ended with status 1 before it joined")
                    .contains("port " + one.port() + " of " + one.address() + " is in use");
        }
    }

    @Test
    void shouldSayThatAServerCannotReachBack() throws IOException {
        assumeThat(lan).as("a network that can be cut").isPresent();
        String unreached = "198.51.100." + ProcessHandle.current().pid() % 250;
        Shell.run("ip", "addr", "add", unreached + "/32", "dev", bridge);
        Shell.run(
                "ip",
                "-n",
                lan.get().machine(1),
                "route",
                "add",
                "default",
                "via",
                lan.get().address(9));

        Ended ended = user.runs(Main.class, NO_AGENT, config("[one]", "spawner: " + unreached))
                .ends()
                .with(1);

        assertThat(ended.err())
                .containsPattern("'server-1'.* cannot reach back to " + unreached + ":\\d+ .*firewall.*spawner:");
    }

    private static String config(String servers, String more) {
        return "launch: ssh\nservers: " + servers + "\n" + more + "\n";
    }

    private static Map<String, Object> jars(SshHost host) throws IOException {
        Map<String, Object> jars = new TreeMap<>();
        try (Stream<Path> files = Files.list(host.home().resolve(".goaway/jars"))) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                assertThat(file.getFileName().toString()).matches("[0-9a-f]{64}\\.jar");
                jars.put(
                        file.toString(),
                        Files.readAttributes(file, BasicFileAttributes.class).fileKey());
            }
        }
        return jars;
    }

    private static void assertNoneRuns(String out) {
        List<Long> pids = out.lines()
                .filter(line -> line.startsWith("processes "))
                .flatMap(line -> Stream.of(line.split(" ", -1)).skip(1))
                .map(Long::valueOf)
                .toList();
        assertThat(pids).hasSize(4);
        Eventually.holds(
                () -> pids.stream()
                        .noneMatch(pid -> ProcessHandle.of(pid)
                                .filter(ProcessHandle::isAlive)
                                .isPresent()),
                () -> "some of " + pids + " run on");
    }

    /** Starts a process on each server, and ends or, if told so, waits. */
    static final class Main {

        private Main() {}

        public static void main(String[] args) throws InterruptedException {
            try (Cluster cluster = GoAway.init(args)) {
                for (Member member : cluster.members()) {
                    if (!member.isSpawner()) {
                        System.out.println("processes "
                                + cluster.call(TaskOptions.builder().on(member).build(), Main::start)
                                        .join());
                    }
                }
                if (args.length > 1) {
                    System.out.println(args[1]);
                    TimeUnit.HOURS.sleep(1);
                }
            }
        }

        /** The server's process, and one that it starts. */
        private static String start() throws IOException {
            Process started = new ProcessBuilder("sleep", "1000").start();
            return ProcessHandle.current().pid() + " " + started.pid();
        }
    }
}
