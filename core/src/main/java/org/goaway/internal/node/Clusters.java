package org.goaway.internal.node;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.goaway.ClusterClosedException;
import org.goaway.internal.code.Application;
import org.goaway.internal.object.SharedObjects;
import org.goaway.protocol.MemberId;

/** The cluster as each application sees it through this node. Safe for any thread. */
final class Clusters {

    private final SharedObjects objects;
    private final Function<Application, NodeCluster> make;
    private final Map<Application, NodeCluster> clusters = new ConcurrentHashMap<>();

    Clusters(SharedObjects objects, Function<Application, NodeCluster> make) {
        this.objects = objects;
        this.make = make;
    }

    /**
     * The cluster as this application sees it.
     *
     * @throws ClusterClosedException if its program has ended
     */
    NodeCluster of(Application application) {
        NodeCluster cluster = clusters.computeIfAbsent(application, make);
        try {
            application.refuseEnded(); // after it is entered: who forgets ended programs may have been here before
        } catch (ClusterClosedException ended) {
            clusters.remove(application);
            throw ended;
        }
        return cluster;
    }

    /** Drops what is kept for the programs that {@code origin} started. */
    void forget(MemberId origin) {
        clusters.keySet().removeIf(application -> {
            boolean ended = application.version().origin().equals(origin);
            if (ended) {
                objects.forget(application.codec());
            }
            return ended;
        });
    }
}
