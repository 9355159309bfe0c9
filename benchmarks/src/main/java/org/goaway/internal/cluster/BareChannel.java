package org.goaway.internal.cluster;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.stack.IpAddress;

/** A channel on GoAway's stack for one machine with nothing of GoAway above it, for the peers that it is measured beside. */
final class BareChannel {

    private BareChannel() {}

    /**
     * One that is yet to be connected.
     *
     * @param port where the group's first member listens; 0: this is the first
     */
    static JChannel of(String group, String name, int port) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Entry entry = port == 0
                ? Entry.founder()
                : Entry.joiner(new InetSocketAddress(loopback, port), Duration.ofSeconds(10));
        InetSocketAddress bind = new InetSocketAddress(loopback, 0);
        return Stacks.channel(
                new ChannelConfig(group, name, false, List.of(), 1, false, Stack.LOCAL, bind, Optional.empty(), entry));
    }

    /** Where it listens. */
    static int port(JChannel channel) {
        Event where = new Event(Event.GET_PHYSICAL_ADDRESS, channel.getAddress());
        return ((IpAddress) channel.down(where)).getPort();
    }

    /** Returns when so many members are in the group. */
    static void awaitMembers(JChannel channel, int count) throws InterruptedException {
        while (channel.getView().size() < count) {
            Thread.sleep(1);
        }
    }
}
