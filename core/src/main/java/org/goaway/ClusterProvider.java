package org.goaway;

import java.nio.file.Path;

/**
 * The runtime behind this package: found by {@link java.util.ServiceLoader} with GoAway's own class loader. Programs do
 * not call it.
 *
 * <p>Safe for any thread.
 */
public interface ClusterProvider {

    /**
     * Completes what the program set by system properties, environment and file, in this order of precedence, starts a node and
     * its cluster, and returns when it is ready for use.
     *
     * @param code what the program set
     * @param file the configuration file; null for none
     * @param caller the class that asked for it: its loader is the application's
     * @throws ConfigException if a setting is wrong; it tells where that was found
     */
    Cluster start(ClusterConfig code, Path file, Class<?> caller);

    /** The cluster of the node that the current thread's task runs on; null outside a task. */
    Cluster currentInTask();

    /** The current thread's task; null outside a task. */
    TaskContext task();
}
