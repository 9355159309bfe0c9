package org.goaway.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What can be told of this machine alone. */
final class Machine {

    private static final int OLDEST_JAVA = 17;

    private static final long LEAST_BYTES = 200L << 20;

    /** GoAway is younger: a clock before it was never set. */
    private static final Instant BORN = Instant.parse("2026-11-01T00:00:00Z");

    private static final int ANSWER_MILLIS = 2_000;

    private Machine() {}

    static List<Finding> examine() {
        return List.of(
                java(),
                clock(),
                disk(Path.of(System.getProperty("user.home"))),
                disk(Path.of(System.getProperty("java.io.tmpdir"))),
                loopback());
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        String says = Runtime.version() + " at " + System.getProperty("java.home");
        return feature >= OLDEST_JAVA
                ? Finding.ok("Java", says)
                : Finding.bad("Java", says, "install a Java 17 or newer and name it: java: /path/to/java");
    }

    private static Finding clock() {
        Instant now = Instant.now();
        return now.isAfter(BORN)
                ? Finding.ok("clock", now.toString())
                : Finding.bad(
                        "clock",
                        now + " is in the past",
                        "set it (timedatectl set-ntp true): packets two minutes off are dropped");
    }

    private static Finding disk(Path folder) {
        String what = "disk";
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            String says = (free >> 20) + " MB free in " + folder;
            if (!Files.isWritable(folder)) {
                return Finding.bad(
                        what,
                        folder + " cannot be written",
                        "give this user the right to, or set another (user.home, java.io.tmpdir)");
            }
            return free >= LEAST_BYTES
                    ? Finding.ok(what, says)
                    : Finding.bad(what, says, "free some: 200 MB is little for jars and logs");
        } catch (IOException e) {
            return Finding.bad(what, folder + " cannot be read: " + e, "make it, or set another");
        }
    }

    private static Finding loopback() {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 1, here);
                Socket client = new Socket()) {
            client.connect(new InetSocketAddress(here, server.getLocalPort()), ANSWER_MILLIS);
            server.setSoTimeout(ANSWER_MILLIS);
            server.accept().close();
            return Finding.ok("ports", "this process may listen and connect on " + here.getHostAddress());
        } catch (IOException e) {
            return Finding.bad(
                    "ports",
                    "cannot listen and connect on " + here + ": " + e,
                    "look for a sandbox or a firewall on lo");
        }
    }
}
