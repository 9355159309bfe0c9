package org.goaway;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

public interface Cluster extends TaskStarter, AutoCloseable {

    static Cluster start(ClusterConfig config) {
        return GoAway.start(config);
    }

    String name();

    StrictCentralized strictCentralized(String name);

    LinFastRead linFastRead(String name);

    Weak weak(String name);

    UpdateOnRelease updateOnRelease(String name);

    ClusterLock lock(String name);

    Member self();

    List<Member> members();

    void awaitMembers(int count, Duration timeout);

    Registration onMembership(Consumer<MembershipEvent> listener);

    boolean isClosed();

    @Override
    void close();
}
