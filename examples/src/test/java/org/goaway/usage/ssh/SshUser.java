package org.goaway.usage.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Program;

/** Somebody with a home folder who runs programs. */
final class SshUser {

    private final Path home;

    SshUser(Path home) throws IOException {
        this.home = home;
        Files.createDirectories(home.resolve(".ssh"));
    }

    /** Appends to a file that OpenSSH, and so GoAway, looks for there; returns it. */
    Path has(String name, String text) throws IOException {
        Path file = home.resolve(".ssh").resolve(name);
        Files.writeString(file, Files.exists(file) ? Files.readString(file) + text : text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    /** Names a host, whose key is known. */
    void knows(String alias, SshHost host) throws IOException {
        calls(alias, host, "");
        has("known_hosts", host.known());
    }

    /** Names a host. */
    void calls(String alias, SshHost host, String more) throws IOException {
        has("config", """
                Host %s
                  HostName %s
                  Port %d
                %s
                """.formatted(alias, host.address(), host.port(), more.indent(2)));
    }

    /** Runs a program's main class with a configuration, whose file is the first argument. */
    Program runs(Class<?> main, Map<String, String> environment, String config, String... more) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add("-Duser.home=" + home);
        arguments.add(main.getName());
        arguments.add(Files.writeString(Files.createTempFile(home, "goaway", ".yaml"), config)
                .toString());
        arguments.addAll(List.of(more));
        return Program.java(home, environment, ClassPath.ofTests(), arguments.toArray(String[]::new));
    }
}
