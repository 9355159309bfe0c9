package org.goaway;

import java.nio.file.Path;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The cluster that {@link GoAway}'s methods mean, and the way to the runtime. Any thread may read; opening is one at a
 * time.
 */
final class DefaultCluster {

    private final Iterable<ClusterProvider> found;
    private volatile ClusterProvider provider;
    private volatile Cluster cluster;

    DefaultCluster(Iterable<ClusterProvider> found) {
        this.found = found;
    }

    /** The runtimes on GoAway's own class path. */
    static Iterable<ClusterProvider> onClassPath() {
        return ServiceLoader.load(ClusterProvider.class, GoAway.class.getClassLoader());
    }

    Cluster start(ClusterConfig config, Path file, Class<?> caller) {
        return provider().start(config, file, caller);
    }

    synchronized Cluster open(ClusterConfig config, Path file, Class<?> caller) {
        Cluster here = provider().currentInTask();
        if (here != null) {
            throw new IllegalStateException("This is a task, which runs on a node of cluster '" + here.name()
                    + "': use GoAway.current() instead of GoAway.init()");
        }
        Cluster open = cluster;
        if (open != null && !open.isClosed()) {
            throw new IllegalStateException("Cluster '" + open.name()
                    + "' is open: close it before GoAway.init(), or use Cluster.start(config) for one more");
        }
        if (open != null) {
            open.close(); // another thread may still be at it, and its servers at their ports
        }
        Cluster started = start(config, file, caller);
        cluster = started;
        return started;
    }

    Cluster current() {
        Cluster here = provider().currentInTask();
        if (here != null) {
            return here;
        }
        Cluster open = cluster;
        if (open == null) {
            throw new ClusterClosedException("There is no cluster yet: call GoAway.init() first");
        }
        if (open.isClosed()) {
            throw new ClusterClosedException("Cluster '" + open.name() + "' was closed: call GoAway.init() again");
        }
        return open;
    }

    TaskContext task() {
        TaskContext task = provider().task();
        if (task == null) {
            throw new IllegalStateException("This is no task: GoAway.task() is for functions started by goaway(...)");
        }
        return task;
    }

    private ClusterProvider provider() {
        ClusterProvider known = provider;
        return known != null ? known : find();
    }

    private synchronized ClusterProvider find() {
        if (provider == null) {
            try {
                var runtimes = found.iterator();
                if (!runtimes.hasNext()) {
                    throw new GoAwayException(
                            "GoAway's runtime is not on the class path: it is in goaway-core, which must"
                                    + " be whole (a shaded jar has to keep META-INF/services/org.goaway.ClusterProvider)");
                }
                provider = Objects.requireNonNull(runtimes.next());
            } catch (ServiceConfigurationError e) {
                throw new GoAwayException("GoAway's runtime cannot be loaded: " + e.getMessage(), e);
            }
        }
        return provider;
    }
}
