package org.goaway.internal.launch.ssh;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.goaway.GoAwayException;

/**
 * How to log in on a machine: what the configuration of GoAway says, and the rest as {@code ~/.ssh/config} does.
 *
 * @param written as the user wrote it, and can give it to {@code ssh}
 * @param user the name there
 * @param host the machine's name or address
 * @param port where its SSH server listens
 * @param knownAs the name of its host key, as files of known hosts have it
 * @param knownPort the port that stands there beside the name
 * @param keyFiles the private keys to try, in this order
 * @param onlyThese whether of the agent's keys, too, only these are tried
 * @param agent the socket of the agent that has keys
 * @param knownHosts the files with the keys of hosts
 */
record Login(
        String written,
        String user,
        String host,
        int port,
        String knownAs,
        int knownPort,
        List<Path> keyFiles,
        boolean onlyThese,
        Optional<Path> agent,
        List<Path> knownHosts) {

    private static final int SSH_PORT = 22;

    private static final List<String> USUAL_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    /** What stands for blanks and commas in quotes, at which the configuration's reader would split. */
    private static final char BLANK = 1;

    private static final char COMMA = 2;

    private static final Pattern QUOTED = Pattern.compile("\"([^\"\n]*)\"");

    private static final String SYSTEM_KNOWN_HOSTS = "/etc/ssh/ssh_known_hosts";

    Login {
        keyFiles = List.copyOf(keyFiles);
        knownHosts = List.copyOf(knownHosts);
    }

    /** What {@code [user@]host} means to the user of this process. */
    static Login of(String written) {
        int at = written.indexOf('@');
        String user = at < 0 ? null : written.substring(0, at);
        String host = written.substring(at + 1);
        HostConfigEntry entry = configured(host, user);
        for (String unsupported : List.of("ProxyJump", "ProxyCommand")) {
            String value = entry.getProperty(unsupported, "none");
            if (!value.equals("none")) {
                throw new GoAwayException(
                        "cannot start a server on " + written + ": ~/.ssh/config has " + unsupported + " " + value
                                + " for it, and members must reach each other directly; name a machine without one");
            }
        }
        String alias = entry.getProperty("HostKeyAlias", "");
        return new Login(
                written,
                entry.getUsername(),
                entry.getHostName(),
                entry.getPort(),
                (alias.isEmpty() ? entry.getHostName() : alias).toLowerCase(Locale.ROOT),
                alias.isEmpty() ? entry.getPort() : SSH_PORT,
                keyFiles(entry),
                entry.isIdentitiesOnly(),
                agent(entry),
                knownHosts(entry));
    }

    private static HostConfigEntry configured(String host, String user) {
        Path file = folder().resolve("config");
        try {
            if (Files.exists(file)) {
                Modes.refuseIfOthersWrite(file);
                HostConfigEntry entry = HostConfigEntry.toHostConfigEntryResolver(read(file))
                        .resolveEffectiveHost(host, 0, null, user, null, null);
                if (entry != null) {
                    return entry;
                }
            }
        } catch (IOException e) {
            throw new GoAwayException(file + " cannot be read: " + e.getMessage(), e);
        }
        HostConfigEntry plain = new HostConfigEntry();
        plain.setHostName(host);
        plain.setPort(SSH_PORT);
        plain.setUsername(user == null ? System.getProperty("user.name") : user);
        return plain;
    }

    private static List<HostConfigEntry> read(Path file) throws IOException {
        String text = QUOTED.matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                .replaceAll(quoted -> Matcher.quoteReplacement(
                        quoted.group(1).replace(' ', BLANK).replace(',', COMMA)));
        return HostConfigEntry.readHostConfigEntries(new StringReader(text), true);
    }

    private static List<Path> keyFiles(HostConfigEntry entry) {
        if (!entry.getIdentities().isEmpty()) {
            return entry.getIdentities().stream().map(Login::path).toList();
        }
        return USUAL_KEYS.stream().map(folder()::resolve).toList();
    }

    private static Optional<Path> agent(HostConfigEntry entry) {
        String configured = entry.getProperty("IdentityAgent", "SSH_AUTH_SOCK");
        String socket = configured.equals("SSH_AUTH_SOCK") ? System.getenv("SSH_AUTH_SOCK") : configured;
        return Optional.ofNullable(socket)
                .filter(path -> !path.isBlank() && !path.equals("none"))
                .map(Login::path);
    }

    private static List<Path> knownHosts(HostConfigEntry entry) {
        String usual = folder().resolve("known_hosts") + " " + folder().resolve("known_hosts2");
        return Stream.of(
                        entry.getProperty("UserKnownHostsFile", usual),
                        entry.getProperty("GlobalKnownHostsFile", SYSTEM_KNOWN_HOSTS))
                .flatMap(files -> Arrays.stream(files.split("[ ,]+", -1)))
                .filter(file -> !file.isEmpty() && !file.equals("none"))
                .map(Login::path)
                .toList();
    }

    private static Path path(String masked) {
        String text = masked.replace(BLANK, ' ').replace(COMMA, ',');
        return text.startsWith("~/") ? home().resolve(text.substring(2)) : Path.of(text);
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home"));
    }

    private static Path folder() {
        return home().resolve(".ssh");
    }

    /** The machine's address. Throws GoAwayException if its name has none. */
    InetAddress address() {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new GoAwayException(
                    "the host " + host + " is not known: check the name, or give HostName for it in ~/.ssh/config", e);
        }
    }
}
