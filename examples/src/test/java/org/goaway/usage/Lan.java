package org.goaway.usage;

import java.util.Optional;

/** Machines on one network: a network namespace for each, joined by a bridge on which this process may be, too. */
public final class Lan implements AutoCloseable {

    private final int machines;
    private final String prefix = "ga" + ProcessHandle.current().pid();
    private final String subnet = "10.213." + ProcessHandle.current().pid() % 256 + ".";

    private Lan(int machines) {
        this.machines = machines;
    }

    /** Why there can be none here; empty if there can. */
    public static Optional<String> missing() {
        try (Lan tried = of(1)) {
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of("network namespaces need root and the command 'ip' (iproute2): " + e.getMessage());
        }
    }

    public static Lan of(int machines) {
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
    public String machine(int number) {
        return machine(Integer.toString(number));
    }

    /** The same with whatever a script has in the number's place. */
    public String machine(String number) {
        return prefix + "-" + number;
    }

    /** The address of a machine, from 1; its interface is eth0. */
    public String address(int machine) {
        return address(Integer.toString(machine));
    }

    /** The same with whatever a script has in the number's place. */
    public String address(String machine) {
        return subnet + machine;
    }

    /** All addresses. */
    public String network() {
        return subnet + "0/24";
    }

    /** Puts this process on the network, too; returns the interface. */
    public String comeIn(int machine) {
        Shell.run("ip", "addr", "add", address(machine) + "/24", "dev", prefix);
        return prefix;
    }

    @Override
    public void close() {
        for (int i = 1; i <= machines; i++) {
            Shell.works("ip", "netns", "del", machine(i));
        }
        Shell.works("ip", "link", "del", prefix);
    }
}
