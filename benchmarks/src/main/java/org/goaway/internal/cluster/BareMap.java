package org.goaway.internal.cluster;

import org.jgroups.JChannel;
import org.jgroups.blocks.ReplicatedHashMap;

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
        channel = BareChannel.of("map", name, port);
        map = new ReplicatedHashMap<>(channel);
        map.setBlockingUpdates(false);
        channel.connect("map");
    }

    /** Where it listens. */
    public int port() {
        return BareChannel.port(channel);
    }

    /** Returns when so many replicas are in the group. */
    public void awaitMembers(int count) throws InterruptedException {
        BareChannel.awaitMembers(channel, count);
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
