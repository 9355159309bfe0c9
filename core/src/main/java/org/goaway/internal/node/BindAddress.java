package org.goaway.internal.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.ConfigException;
import org.goaway.internal.cluster.Host;

/**
 * Which of this machine's addresses a member listens on: what {@code bind} names, as an interface, an address or a network; else
 * that of the interface which leads to other machines.
 */
final class BindAddress {

    private static final Logger LOG = LogManager.getLogger(BindAddress.class);

    /** What leads to containers, virtual machines or tunnels, and not to the machines beside this one. */
    private static final Pattern VIRTUAL = Pattern.compile("(docker|veth|br-|virbr|vbox|vmnet|tun|tap|cni|flannel).*");

    private static final Pattern NETWORK = Pattern.compile("([0-9a-fA-F.:]+)/(\\d{1,3})");

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** A group of IPv4: where the system would send it, a search goes. */
    private static final InetAddress OTHERS_4 = literal("239.255.0.1");

    /** No one's address (RFC 3849), which has no route but the usual one: each interface has one for groups of IPv6. */
    private static final InetAddress OTHERS_6 = literal("2001:db8::1");

    /** One address and where it is. */
    private record Place(NetworkInterface on, InetAddress address) {
        @Override
        public String toString() {
            return Host.text(address) + " (" + on.getName() + ")";
        }
    }

    private BindAddress() {}

    /**
     * The address that {@code wanted} names.
     *
     * @throws ConfigException if this machine has none such; the message lists what it has
     */
    static InetAddress of(String wanted) {
        if (LITERAL.matcher(wanted).matches() && literal(wanted).isLoopbackAddress()) {
            return literal(wanted); // interfaces show one of these, but have all
        }
        List<Place> places = places();
        return places.stream()
                .filter(matching(wanted))
                .map(Place::address)
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        "bind",
                        "bind: " + wanted + " is no interface, address or network of this machine, which has "
                                + places));
    }

    /**
     * The first of this machine's addresses that {@code spawner} stands for, rather one that others can reach: Debian gives a
     * machine's own name an address of loopback, too.
     *
     * @throws ConfigException if it stands for none; the message lists what it stands for, and what this machine has
     */
    static InetAddress ofSpawner(Host spawner) {
        List<InetAddress> known;
        try {
            known = spawner.addresses().stream()
                    .map(InetSocketAddress::getAddress)
                    .toList();
        } catch (UnknownHostException e) {
            throw new ConfigException(
                    "spawner",
                    "spawner: nobody knows the host '" + spawner.name() + "': check the name, or give an IP address");
        }
        return own(known, BindAddress::isHere)
                .orElseThrow(() -> new ConfigException(
                        "spawner",
                        "spawner: " + spawner.name() + " is at "
                                + known.stream().map(Host::text).toList() + " and not this machine, which has "
                                + places()
                                + ": give its own name or address"));
    }

    /** Of the addresses that are {@code here} the first that others can reach, else the first. */
    static Optional<InetAddress> own(List<InetAddress> known, Predicate<InetAddress> here) {
        return known.stream().filter(here).min(Comparator.comparing(InetAddress::isLoopbackAddress));
    }

    /**
     * The address of the interface that routes to other machines; without such a route, the first that could. All members have to
     * listen in one family: it is IPv4 wherever a machine has an address of it, else IPv6.
     *
     * @throws ConfigException if there is none but loopback and virtual ones
     */
    static InetAddress towardsOthers() {
        List<Place> places = places().stream()
                .filter(place -> !place.address.isLoopbackAddress())
                .toList();
        List<Place> possible = places.stream()
                .filter(place -> !VIRTUAL.matcher(place.on.getName()).matches() && multicasts(place.on))
                .toList();
        Place first = possible.stream()
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        "bind",
                        "no interface of this machine leads to other machines (it has " + places
                                + "): name one with bind: if one of these does"));
        Optional<InetAddress> routed = routed(first.address instanceof Inet6Address ? OTHERS_6 : OTHERS_4);
        Place chosen = possible.stream()
                .filter(place -> routed.filter(place.address::equals).isPresent())
                .findFirst()
                .orElse(first);
        LOG.info(
                "listens on {}: {}; not on {}",
                chosen,
                routed.filter(chosen.address::equals).isPresent()
                        ? "it routes to other machines"
                        : "the first that could",
                places.stream().filter(place -> !place.equals(chosen)).toList());
        return chosen.address;
    }

    /**
     * The address from which the system sends to these; where they are on this machine as well as on others, to the others.
     * Where it has no way to any of them, {@link #towardsOthers()}.
     */
    static InetAddress towards(List<InetSocketAddress> peers) {
        for (boolean here : new boolean[] {false, true}) {
            for (InetSocketAddress peer : peers) {
                Optional<InetAddress> from =
                        routed(peer.getAddress()).filter(address -> address.isLoopbackAddress() == here);
                if (from.isPresent()) {
                    LOG.info("listens on {}: it routes to {}", Host.text(from.get()), Host.of(peer));
                    return from.get();
                }
            }
        }
        return towardsOthers();
    }

    /** That of this machine alone, of the family that {@code peer} has. */
    static InetAddress loopback(InetAddress peer) {
        return literal(peer instanceof Inet6Address ? "::1" : "127.0.0.1");
    }

    /** Whether this machine has that address. */
    static boolean isHere(InetAddress address) {
        return address.isLoopbackAddress() || places().stream().anyMatch(place -> place.address.equals(address));
    }

    private static Predicate<Place> matching(String wanted) {
        var network = NETWORK.matcher(wanted);
        if (network.matches()) {
            byte[] prefix = literal(network.group(1)).getAddress();
            int bits = Integer.parseInt(network.group(2));
            return place -> isIn(place.address.getAddress(), prefix, bits);
        } else if (LITERAL.matcher(wanted).matches()) {
            InetAddress address = literal(wanted);
            return place -> place.address.equals(address);
        }
        return place -> place.on.getName().equals(wanted);
    }

    private static InetAddress literal(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (IOException e) {
            throw new ConfigException("bind", "bind: " + text + " is no IP address");
        }
    }

    private static boolean isIn(byte[] address, byte[] prefix, int bits) {
        if (address.length != prefix.length || bits > 8 * address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /**
     * All addresses of interfaces that are up, those of IPv4 first; those that a machine gives itself where nobody gives it one come
     * last, or, in IPv6, where every interface has one, not at all.
     */
    private static List<Place> places() {
        List<Place> places = new ArrayList<>();
        try {
            for (NetworkInterface on : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (on.isUp()) {
                    for (InetAddress address : Collections.list(on.getInetAddresses())) {
                        places.add(
                                new Place(on, InetAddress.getByAddress(address.getAddress()))); // without the interface
                    }
                }
            }
        } catch (SocketException | UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
        places.removeIf(place -> place.address instanceof Inet6Address && place.address.isLinkLocalAddress());
        places.sort(Comparator.comparing((Place place) -> place.address.isLinkLocalAddress())
                .thenComparing(place -> place.address instanceof Inet6Address)
                .thenComparing(place -> place.on.getIndex()));
        return places;
    }

    private static boolean multicasts(NetworkInterface on) {
        try {
            return on.supportsMulticast();
        } catch (SocketException e) {
            return false;
        }
    }

    /** From where the system would send there; asks no one. */
    private static Optional<InetAddress> routed(InetAddress to) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(to, 9));
            return Optional.of(socket.getLocalAddress()).filter(address -> !address.isAnyLocalAddress());
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
