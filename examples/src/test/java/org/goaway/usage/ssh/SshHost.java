package org.goaway.usage.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.goaway.usage.Eventually;
import org.goaway.usage.Shell;

/** A machine with OpenSSH's server, as users have it; it lets this user in with one key, and has a home folder of its own. */
final class SshHost implements AutoCloseable {

    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final String address;
    private final int port;
    private final Path folder;
    private final Process sshd;

    private SshHost(String address, int port, Path folder, Process sshd) {
        this.address = address;
        this.port = port;
        this.folder = folder;
        this.sshd = sshd;
    }

    /** Why there can be none here; empty if there can. */
    static Optional<String> missing() {
        return Stream.of(SSHD, Path.of("/usr/bin/ssh-keygen"), Path.of("/usr/bin/ssh-agent"))
                .filter(needed -> !Files.isExecutable(needed))
                .findFirst()
                .map(needed -> "there is no " + needed + ": install openssh-server");
    }

    /**
     * Starts one.
     *
     * @param space the network namespace that it is in; empty: this one
     * @param authorized the public key of who may come in
     */
    static SshHost start(Path folder, Optional<String> space, String address, int port, Path authorized) {
        try {
            Files.createDirectories(folder.resolve("home"));
            if (System.getProperty("user.name").equals("root")) {
                Files.createDirectories(Path.of("/run/sshd")); // Debian's sshd wants it when it is root
            }
            newKey(folder.resolve("ed25519"), "ed25519", "");
            newKey(folder.resolve("ecdsa"), "ecdsa", "");
            Path config = Files.writeString(folder.resolve("sshd_config"), """
                    ListenAddress %s
                    Port %d
                    HostKey %s
                    HostKey %s
                    AuthorizedKeysFile %s
                    SetEnv HOME=%s
                    StrictModes no
                    MaxSessions 2
                    PidFile none
                    UsePAM no
                    PasswordAuthentication no
                    """.formatted(
                            address,
                            port,
                            folder.resolve("ecdsa"),
                            folder.resolve("ed25519"),
                            authorized,
                            folder.resolve("home")));
            List<String> command = new ArrayList<>();
            space.ifPresent(name -> command.addAll(List.of("ip", "netns", "exec", name)));
            command.addAll(List.of(SSHD.toString(), "-D", "-f", config.toString(), "-E", folder + "/log"));
            Process sshd = new ProcessBuilder(command).inheritIO().start();
            SshHost host = new SshHost(address, port, folder, sshd);
            Eventually.holds(host::answers, () -> "no SSH server at " + address + ":" + port);
            return host;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path newKey(Path file, String kind, String passphrase) {
        Shell.run("ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-f", file.toString());
        return file;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String address() {
        return address;
    }

    int port() {
        return port;
    }

    /** The home folder of whoever logs in. */
    Path home() {
        return folder.resolve("home");
    }

    /** Its line in a file of known hosts, by one of its two keys only. */
    String known() throws IOException {
        String key = Files.readString(folder.resolve("ed25519.pub")).split(" ", -1)[1];
        return knownBy("ssh-ed25519 " + key);
    }

    /** The line that there would be if it had this key. */
    String knownBy(String key) {
        return "[" + address + "]:" + port + " " + key + "\n";
    }

    @Override
    public void close() {
        sshd.descendants().forEach(ProcessHandle::destroyForcibly);
        sshd.destroyForcibly();
    }
}
