package org.goaway.usage.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.goaway.kit.FreePort;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which ports processes open: those that SECURITY.md lists, on the address that they are bound to. */
@Tag("process")
@Tag("machines")
class PortsIT {

    private final String cluster = "ports-" + UUID.randomUUID();

    @TempDir
    private Path folder;

    @Test
    void shouldOpenNoOthersThanAreDocumented() throws IOException {
        String router = "127.0.0.1:" + FreePort.next();
        Path udp = Files.writeString(folder.resolve("goaway.yaml"), """
                cluster: %s
                launch: none
                stack: udp
                insecure: true
                bind: 127.0.0.1
                """.formatted(cluster));
        try (Program routes = Program.goaway("router", "--port", router.substring(router.indexOf(':') + 1));
                Program listed = node("--cluster", cluster, "--servers", "127.0.0.1:" + FreePort.next());
                Program searched = node("--cluster", cluster);
                Program datagrams = node("--config", udp.toString())) {
            routes.prints(router);
            try (Program tunnelled = node("--cluster", cluster, "--router", router)) {
                assertThat(open(tunnelled)).containsExactly("udp");
            }
            assertThat(open(listed)).containsExactly("tcp");
            assertThat(open(searched)).containsExactly("tcp", "udp", "udp of a group");
            assertThat(open(datagrams)).containsExactly("udp", "udp of a group");
            assertThat(ports(routes)).containsExactly("tcp");
        }
    }

    private static Program node(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "node";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Program.goaway(all);
    }

    private static List<String> open(Program node) {
        return ports(node.prints("waits for a program"));
    }

    /** The kinds of its ports in order; fails if one is bound to another address than loopback. */
    private static List<String> ports(Program program) {
        List<OpenPorts.Port> open = OpenPorts.of(program.pid());
        assertThat(open)
                .allMatch(port -> port.address().equals(InetAddress.getLoopbackAddress())
                        || port.address().isMulticastAddress());
        return open.stream()
                .map(port -> port.protocol() + (port.address().isMulticastAddress() ? " of a group" : ""))
                .sorted()
                .toList();
    }
}
