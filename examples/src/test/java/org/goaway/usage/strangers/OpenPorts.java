package org.goaway.usage.strangers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The ports on which a process takes connections or datagrams, as the system's own tables have them. */
final class OpenPorts {

    private static final String LISTENS = "0A";
    private static final int WORD = 4;

    /**
     * One of them.
     *
     * @param protocol tcp or udp
     */
    record Port(String protocol, InetAddress address, int number) {}

    private OpenPorts() {}

    static List<Port> of(long process) {
        try {
            Set<String> sockets = sockets(process);
            List<Port> ports = new ArrayList<>();
            for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
                Path file = Path.of("/proc", Long.toString(process), "net", table);
                try (Stream<String> lines = Files.lines(file)) {
                    lines.skip(1)
                            .map(line -> line.strip().split("\\s+", -1))
                            .filter(fields -> sockets.contains("socket:[" + fields[9] + "]"))
                            .filter(fields -> table.startsWith("udp") || fields[3].equals(LISTENS))
                            .forEach(fields -> ports.add(port(table.substring(0, 3), fields[1])));
                }
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> sockets(long process) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process), "fd"))) {
            for (Path file : files.toList()) {
                try {
                    sockets.add(Files.readSymbolicLink(file).toString());
                } catch (IOException closed) {
                    // It is none any more.
                }
            }
        }
        return sockets;
    }

    /** The address as words of four bytes, each in this machine's order. */
    private static Port port(String protocol, String text) {
        byte[] words = HexFormat.of().parseHex(text.substring(0, text.indexOf(':')));
        byte[] address = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            address[i] = words[i / WORD * WORD + WORD - 1 - i % WORD];
        }
        try {
            return new Port(
                    protocol,
                    InetAddress.getByAddress(address),
                    Integer.parseInt(text.substring(text.indexOf(':') + 1), 16));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
