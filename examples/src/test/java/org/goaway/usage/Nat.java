package org.goaway.usage;

import java.util.Optional;

/** A machine behind a gateway of a network: it may connect to the network's machines, and nobody to it. */
public final class Nat implements AutoCloseable {

    private static final String NETWORK = "10.214.0.";

    private final String inside;

    private Nat(String inside) {
        this.inside = inside;
    }

    /** Why there can be none here; empty if there can. */
    public static Optional<String> missing() {
        Optional<String> noLan = Lan.missing();
        if (noLan.isPresent()) {
            return noLan;
        }
        try (Lan lan = Lan.of(1);
                Nat tried = behind(lan, 1)) {
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of("a gateway needs the command 'nft' (nftables) and a kernel with NAT: " + e.getMessage());
        }
    }

    /** A machine behind one of the network, which becomes its gateway. */
    public static Nat behind(Lan lan, int gateway) {
        String outside = lan.machine(gateway);
        Nat nat = new Nat(outside + "i");
        try {
            nat.make(outside);
            return nat;
        } catch (IllegalStateException e) {
            nat.close();
            throw e;
        }
    }

    private void make(String gateway) {
        Shell.run("ip", "netns", "add", inside);
        Shell.run(
                "ip", "-n", gateway, "link", "add", "inside", "type", "veth", "peer", "name", "eth0", "netns", inside);
        Shell.run("ip", "-n", gateway, "addr", "add", NETWORK + "1/24", "dev", "inside");
        Shell.run("ip", "-n", gateway, "link", "set", "inside", "up");
        Shell.run("ip", "-n", inside, "addr", "add", NETWORK + "2/24", "dev", "eth0");
        Shell.run("ip", "-n", inside, "link", "set", "eth0", "up");
        Shell.run("ip", "-n", inside, "link", "set", "lo", "up");
        Shell.run("ip", "-n", inside, "route", "add", "default", "via", NETWORK + "1");
        in(gateway, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        in(gateway, "nft", "add table ip goaway");
        in(gateway, "nft", "add chain ip goaway out { type nat hook postrouting priority 100; }");
        in(gateway, "nft", "add rule ip goaway out oifname eth0 masquerade");
        in(gateway, "nft", "add chain ip goaway in { type filter hook forward priority 0; }");
        in(gateway, "nft", "add rule ip goaway in iifname eth0 ct state new drop");
    }

    private static void in(String space, String... command) {
        String[] all = new String[4 + command.length];
        System.arraycopy(new String[] {"ip", "netns", "exec", space}, 0, all, 0, 4);
        System.arraycopy(command, 0, all, 4, command.length);
        Shell.run(all);
    }

    /** Its namespace. */
    public String machine() {
        return inside;
    }

    @Override
    public void close() {
        Shell.works("ip", "netns", "del", inside);
    }
}
