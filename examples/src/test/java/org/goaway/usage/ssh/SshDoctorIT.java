package org.goaway.usage.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.goaway.kit.FreePort;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The doctor and hosts with OpenSSH. It calls the ssh of the path, which takes its files from the folder that the system knows as
 * the user's home, wherever {@code HOME} leads; so the one on this path has a configuration of the test.
 */
@Tag("process")
@Tag("machines")
class SshDoctorIT {

    @TempDir
    private Path folder;

    private SshHost host;
    private SshUser user;

    @BeforeEach
    void setUp() throws IOException {
        assumeThat(SshHost.missing()).as("why there is no SSH here").isEmpty();
        user = new SshUser(folder.resolve("user"));
        Path key = SshHost.newKey(folder.resolve("user/.ssh/id_ed25519"), "ed25519", "");
        host = SshHost.start(
                folder.resolve("host"),
                Optional.empty(),
                "127.0.0.1",
                FreePort.next(),
                key.resolveSibling("id_ed25519.pub"));
        Path known = user.has("known_hosts", host.known());
        user.calls("one", host, "IdentityFile " + key + "\nUserKnownHostsFile " + known);
        user.calls("unknown", host, "IdentityFile " + key + "\nUserKnownHostsFile none");
        Path stranger = SshHost.newKey(folder.resolve("user/.ssh/stranger"), "ed25519", "");
        user.calls("refused", host, "IdentityFile " + stranger + "\nUserKnownHostsFile " + known);
        Path config =
                user.has("config", "Host *\n  IdentitiesOnly yes\n  IdentityAgent none\n  GlobalKnownHostsFile none\n");
        Path ssh = Files.writeString(
                Files.createDirectories(folder.resolve("bin")).resolve("ssh"),
                "#!/bin/sh\nexec /usr/bin/ssh -F '" + config + "' \"$@\"\n");
        Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void tearDown() {
        if (host != null) {
            host.close();
        }
    }

    private Program doctor(String... hosts) {
        String[] call = new String[4 + hosts.length];
        System.arraycopy(new String[] {"org.goaway.cli.Main", "doctor", "--seconds", "1"}, 0, call, 0, 4);
        System.arraycopy(hosts, 0, call, 4, hosts.length);
        Map<String, String> path = Map.of("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        return Program.java(folder, path, ClassPath.ofExamples(), call);
    }

    @Test
    void shouldTellTheJavaAndTheClockOfAHost() {
        try (Program doctor = doctor("one")) {
            assertThat(doctor.ends().well().lines())
                    .anyMatch(line -> line.matches("OK    ssh one +Java \\d+, clock within 60 s"));
        }
    }

    @Test
    void shouldSayOfEachHostWhatKeepsFromIt() {
        try (Program doctor = doctor("one", "unknown", "refused")) {
            assertThat(doctor.ends().with(1).lines())
                    .anyMatch(line -> line.startsWith("OK    ssh one "))
                    .anyMatch(line -> line.startsWith("BAD   ssh unknown ")
                            && line.endsWith("compare its key and accept it once by hand: ssh unknown"))
                    .anyMatch(line -> line.startsWith("BAD   ssh refused ")
                            && line.endsWith("let your key in: ssh-copy-id refused"));
        }
    }
}
