package org.goaway.internal.cluster;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.goaway.internal.cluster.link.AddressText;

/**
 * Where somebody listens, as a user writes it.
 *
 * @param name an IP address, or a name, which may stand for many addresses, and for others later
 * @param port the port
 */
public record Host(String name, int port) {

    /** What knows the addresses of names. */
    interface Names {
        InetAddress[] lookUp(String name) throws UnknownHostException;
    }

    /** The host at this address. */
    public static Host of(InetSocketAddress address) {
        return new Host(text(address.getAddress()), address.getPort());
    }

    /** Reads {@code host} or {@code host:port}, as the configuration has checked; IPv6 addresses are in brackets. */
    public static Host of(String text, int usualPort) {
        int after = text.indexOf(']') + 1;
        String name = after > 0 ? text.substring(1, after - 1) : text;
        int colon = text.indexOf(':', after);
        if (colon < 0) {
            return new Host(name, usualPort);
        }
        return new Host(after > 0 ? name : text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /** All that the name stands for now; asks the system, which may take seconds and may remember for some. */
    public List<InetSocketAddress> addresses() throws UnknownHostException {
        return addresses(InetAddress::getAllByName);
    }

    List<InetSocketAddress> addresses(Names names) throws UnknownHostException {
        return Arrays.stream(names.lookUp(name))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    /** The address, as a user would write it. */
    public static String text(InetAddress address) {
        return AddressText.of(address);
    }

    @Override
    public String toString() {
        return AddressText.of(name, port);
    }
}
