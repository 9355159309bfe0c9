package org.goaway.internal.cluster.link;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.Comparator;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How addresses are written, for people and in configurations: those of IPv6 in the one short form of RFC 5952. */
public final class AddressText {

    private static final Pattern ZEROS = Pattern.compile("\\b0(?::0)+\\b");

    private AddressText() {}

    /** The address, without the name of an interface that it may be bound to. */
    public static String of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        StringJoiner groups = new StringJoiner(":");
        ShortBuffer shorts = ByteBuffer.wrap(address.getAddress()).asShortBuffer();
        while (shorts.hasRemaining()) {
            groups.add(Integer.toHexString(Short.toUnsignedInt(shorts.get())));
        }
        String all = groups.toString();
        return ZEROS.matcher(all)
                .results()
                .max(Comparator.comparingInt((MatchResult zeros) -> zeros.end() - zeros.start()))
                .map(zeros -> before(all, zeros.start()) + "::" + after(all, zeros.end()))
                .orElse(all);
    }

    private static String before(String groups, int end) {
        return groups.substring(0, Math.max(0, end - 1));
    }

    private static String after(String groups, int start) {
        return groups.substring(Math.min(groups.length(), start + 1));
    }

    /** A name or an address and a port, as a list of servers takes them: addresses of IPv6 are in brackets. */
    public static String of(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
