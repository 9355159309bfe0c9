package org.goaway.internal.node;

import java.net.InetAddress;
import org.goaway.internal.cluster.Host;

/** How the commands write addresses: as members and their logs do. */
public final class Addresses {

    private Addresses() {}

    /** The address, in IPv6 in its short form. */
    public static String text(InetAddress address) {
        return Host.text(address);
    }
}
