package org.goaway.usage.nemesis;

import java.util.List;
import org.goaway.ClusterConfig;
import org.goaway.ClusterConfigBuilder;

/** Where a round's servers run, and what can be done to them there beyond what is done to any process. */
interface Ground extends AutoCloseable {

    /** How many members vote where there are so many servers: as many of them as may. */
    static int voters(int servers) {
        return Math.min(5, servers - (servers + 1) % 2);
    }

    /** Servers that the program starts itself, which therefore sees their processes end. */
    static Ground launched(int servers) {
        return () -> launching(servers).build();
    }

    static ClusterConfigBuilder launching(int servers) {
        return ClusterConfig.builder().localServers(servers).voters(voters(servers));
    }

    /** What the program starts with. */
    ClusterConfig config();

    /** Loses all that goes these ways between addresses. */
    default void cut(List<Way> ways) {
        throw new UnsupportedOperationException("links cannot be cut here");
    }

    /** Heals all that was cut. */
    default void heal() {}

    /** Starts one more server of this name. */
    default Process start(String name) {
        throw new UnsupportedOperationException("no server can be added here");
    }

    @Override
    default void close() {}
}
