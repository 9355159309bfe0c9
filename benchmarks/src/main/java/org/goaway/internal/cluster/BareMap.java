package org.goaway.internal.cluster;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.blocks.ReplicatedHashMap;
import org.jgroups.stack.IpAddress;

/** One replica of JGroups' map, which does not wait for the others, on GoAway's stack: the peer of the weak store. */
public final class BareMap implements AutoCloseable {

    private final JChannel channel;
    private final ReplicatedHashMap<String, Object> map;

    /**
     * Joins the group, or founds it.
     *
     * @param port where the first replica listens; 0: this is the first
     */
    public BareMap(String name, int port) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Entry entry = port == 0
                ? Entry.founder()
                : Entry.joiner(new InetSocketAddress(loopback, port), Duration.ofSeconds(10));
        InetSocketAddress bind = new InetSocketAddress(loopback, 0);
        channel = Stacks.channel(
                new ChannelConfig("map", name, false, List.of(), 1, false, Stack.LOCAL, bind, Optional.empty(), entry));
        map = new ReplicatedHashMap<>(channel);
        map.setBlockingUpdates(false);
        channel.connect("map");
    }

    /** Where it listens. */
    public int port() {
        Event where = new Event(Event.GET_PHYSICAL_ADDRESS, channel.getAddress());
        return ((IpAddress) channel.down(where)).getPort();
    }

    /** Returns when so many replicas are in the group. */
    public void awaitMembers(int count) throws InterruptedException {
        while (channel.getView().size() < count) {
            Thread.sleep(1);
        }
    }

    /** Puts a value here and sends it to the others. */
    public void put(String key, Object value) {
        map.put(key, value);
    }

    /** Returns when so many keys are here. */
    public void awaitKeys(int count) throws InterruptedException {
        while (map.size() < count) {
            Thread.sleep(1);
        }
    }

    @Override
    public void close() {
        map.stop();
        channel.close();
    }
}
