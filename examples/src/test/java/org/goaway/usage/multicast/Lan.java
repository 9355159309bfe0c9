package org.goaway.usage.multicast;

import java.util.Optional;
import org.goaway.usage.Shell;

/** Machines on one network: namespaces, joined by a bridge that this process is not on. */
final class Lan implements AutoCloseable {

    private final int machines;
    private final String prefix = "lan" + ProcessHandle.current().pid();

    private Lan(int machines) {
        this.machines = machines;
    }

    /** Why there can be none here; empty if there can. */
    static Optional<String> missing() {
        try (Lan tried = of(1)) {
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of("network namespaces need root and the command 'ip' (iproute2): " + e.getMessage());
        }
    }

    static Lan of(int machines) {
        Lan lan = new Lan(machines);
        try {
            lan.make();
            return lan;
        } catch (IllegalStateException e) {
            lan.close();
            throw e;
        }
    }

    private void make() {
        Shell.run("ip", "link", "add", prefix, "type", "bridge", "mcast_snooping", "0");
        Shell.run("ip", "link", "set", prefix, "up");
        for (int i = 1; i <= machines; i++) {
            String space = machine(i);
            Shell.run("ip", "netns", "add", space);
            Shell.run("ip", "link", "add", space, "type", "veth", "peer", "name", "eth0", "netns", space);
            Shell.run("ip", "link", "set", space, "master", prefix, "up");
            Shell.run("ip", "-n", space, "addr", "add", address(i) + "/24", "dev", "eth0");
            Shell.run("ip", "-n", space, "link", "set", "eth0", "up");
            Shell.run("ip", "-n", space, "link", "set", "lo", "up");
        }
    }

    /** The namespace of a machine, from 1. */
    String machine(int number) {
        return prefix + "-" + number;
    }

    static String address(int machine) {
        return "10.214.77." + machine;
    }

    @Override
    public void close() {
        for (int i = 1; i <= machines; i++) {
            Shell.works("ip", "netns", "del", machine(i));
        }
        Shell.works("ip", "link", "del", prefix);
    }
}
