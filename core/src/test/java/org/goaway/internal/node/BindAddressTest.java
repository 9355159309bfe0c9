package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BindAddressTest {

    private static final InetAddress LOOPBACK = address("127.0.1.1");
    private static final InetAddress LAN = address("192.0.2.7");
    private static final InetAddress OTHER_LAN = address("192.0.2.8");

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What Debian's /etc/hosts makes of a machine's own name, with and without an entry of a name server. */
    @Test
    void shouldListenWhereOthersReachTheSpawnerThoughItsNameStandsForLoopbackFirst() {
        List<InetAddress> known = List.of(LOOPBACK, OTHER_LAN, LAN);

        assertThat(BindAddress.own(known, Set.of(LOOPBACK, LAN)::contains)).contains(LAN);
        assertThat(BindAddress.own(known, Set.of(LOOPBACK, LAN, OTHER_LAN)::contains))
                .contains(OTHER_LAN);
        assertThat(BindAddress.own(known, Set.of(LOOPBACK)::contains)).contains(LOOPBACK);
        assertThat(BindAddress.own(known, address -> false)).isEmpty();
    }
}
