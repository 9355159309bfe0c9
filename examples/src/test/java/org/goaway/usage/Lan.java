package org.goaway.usage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Machines on one network: a network namespace for each, joined by a bridge on which this process may be, too. They have addresses of
 * IPv4, of IPv6, or of both. Links between those of IPv4 can be cut and healed.
 */
public final class Lan implements AutoCloseable {

    /** What the addresses of a network begin with, how long that is, and what else they need. */
    public enum Family {
        IPV4("10.213." + ProcessHandle.current().pid() % 256 + ".", "24", ""),
        /** An address of it could not be used for a second or two, in which the system asks whether somebody has it. */
        IPV6("fd00:213:" + Long.toHexString(ProcessHandle.current().pid() % 65_536) + "::", "64", "nodad");

        private final String start;
        private final String bits;
        private final String more;

        Family(String start, String bits, String more) {
            this.start = start;
            this.bits = bits;
            this.more = more;
        }

        private String address(String machine) {
            return start + machine;
        }

        private String network() {
            return (this == IPV4 ? start + "0" : start) + "/" + bits;
        }
    }

    /** What leads from one machine to another. */
    public record Way(int from, int to) {}

    /** An address of the link layer that nobody has. */
    private static final String NOWHERE = "02:00:00:00:00:99";

    private final int machines;
    private final List<Family> families;
    private final Set<Way> cut = new LinkedHashSet<>();
    private final String prefix = "ga" + ProcessHandle.current().pid();

    private Lan(int machines, List<Family> families) {
        this.machines = machines;
        this.families = families;
    }

    /** Why there can be none here; empty if there can. */
    public static Optional<String> missing() {
        try (Lan tried = of(1)) {
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of("network namespaces need root and the command 'ip' (iproute2): " + e.getMessage());
        }
    }

    /** Machines with addresses of IPv4. */
    public static Lan of(int machines) {
        return of(machines, Family.IPV4);
    }

    /** Machines with addresses of these families. */
    public static Lan of(int machines, Family... families) {
        Lan lan = new Lan(machines, List.of(families));
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
            for (Family family : families) {
                String add = "ip -n " + space + " addr add " + address(family, i) + "/" + family.bits + " dev eth0 "
                        + family.more;
                Shell.run(add.strip().split(" ", -1));
            }
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

    /** The address of a machine, from 1, in the network's first family; its interface is eth0. */
    public String address(int machine) {
        return address(Integer.toString(machine));
    }

    /** The same with whatever a script has in the number's place. */
    public String address(String machine) {
        return families.get(0).address(machine);
    }

    /** The address of a machine, from 1, in one of the families. */
    public String address(Family family, int machine) {
        return family.address(Integer.toString(machine));
    }

    /** The machine that has this address of IPv4. */
    public static int number(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf('.') + 1));
    }

    /** Waits until a program on a machine hears packets of UDP at this port. */
    public void awaitHearing(int machine, int port) {
        String entry = ":%04X ".formatted(port);
        Eventually.holds(
                () -> Shell.works(
                        "ip",
                        "netns",
                        "exec",
                        machine(machine),
                        "grep",
                        "-q",
                        entry,
                        "/proc/net/udp",
                        "/proc/net/udp6"),
                () -> "nobody on machine " + machine + " hears port " + port);
    }

    /** All addresses of the first family. */
    public String network() {
        return network(families.get(0));
    }

    /** All addresses of one of the families. */
    public String network(Family family) {
        return family.network();
    }

    /** Puts this process on the network, too, which has IPv4; returns the interface. */
    public String comeIn(int machine) {
        Shell.run("ip", "addr", "add", address(machine) + "/24", "dev", prefix);
        return prefix;
    }

    /**
     * Loses in silence what goes these ways, by neighbour entries that lead nowhere; in one process for all, so that they are cut at
     * about the same time.
     */
    public void cut(Collection<Way> ways) {
        List<String> commands = new ArrayList<>();
        for (Way way : ways) {
            if (cut.add(way)) {
                commands.add(cutting(way));
            }
        }
        run(commands);
    }

    /** Heals all that was cut. */
    public void heal() {
        run(cut.stream().map(this::healing).toList());
        cut.clear();
    }

    /** Cuts these ways, waits and heals them in one process: what this one does in between may take it much longer. */
    public void cut(Collection<Way> ways, Duration time) {
        List<String> commands = new ArrayList<>(ways.stream().map(this::cutting).toList());
        commands.add("sleep " + time.toSeconds());
        ways.stream().map(this::healing).forEach(commands::add);
        run(commands);
    }

    private static void run(List<String> commands) {
        Shell.run("sh", "-c", String.join(" && ", commands));
    }

    private String cutting(Way way) {
        return neighbour(way.from(), "replace " + address(way.to()) + " lladdr " + NOWHERE + " nud permanent");
    }

    private String healing(Way way) {
        return neighbour(way.from(), "del " + address(way.to()));
    }

    /** A machine without a namespace is this process. */
    private String neighbour(int machine, String what) {
        boolean here = machine > machines;
        return "ip" + (here ? "" : " -n " + machine(machine)) + " neigh " + what + " dev " + (here ? prefix : "eth0");
    }

    @Override
    public void close() {
        for (int i = 1; i <= machines; i++) {
            // Its cable first: what is in a namespace goes some time after the namespace, and the name would still be
            // taken.
            Shell.works("ip", "link", "del", machine(i));
            Shell.works("ip", "netns", "del", machine(i));
        }
        Shell.works("ip", "link", "del", prefix);
    }
}
