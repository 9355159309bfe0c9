package org.goaway.internal.node;

import java.nio.file.Path;
import java.util.Optional;
import org.goaway.Cluster;
import org.goaway.ClusterClosedException;
import org.goaway.ClusterConfig;
import org.goaway.ClusterProvider;
import org.goaway.ConfigException;
import org.goaway.TaskContext;
import org.goaway.config.CompleteConfig;
import org.goaway.config.ConfigReader;
import org.goaway.internal.task.Scope;

/** The runtime behind {@link org.goaway.GoAway} and {@link Cluster#start}. Found by its name in META-INF/services. */
public final class Provider implements ClusterProvider {

    @Override
    public Cluster start(ClusterConfig code, Path file, Class<?> caller) {
        CompleteConfig complete = ConfigReader.ofThisProcess().read(code, Optional.ofNullable(file));
        try {
            return start(complete.config(), caller);
        } catch (ConfigException wrong) {
            throw complete.located(wrong);
        }
    }

    private static Cluster start(ClusterConfig config, Class<?> caller) {
        Node node = switch (config.launch()) {
            case LOCAL, SSH -> LaunchStart.start(config);
            case IN_PROCESS -> InProcessStart.start(config);
            case NONE -> PeerStart.start(config);
        };
        if (config.launch() != ClusterConfig.Launch.IN_PROCESS) {
            node.opensDoor();
        }
        return node.cluster(caller.getClassLoader());
    }

    @Override
    public Cluster currentInTask() {
        Scope scope = Scope.ofProgram();
        if (scope == null) {
            return null;
        }
        Cluster cluster = scope.cluster();
        if (cluster == null) {
            throw new ClusterClosedException("the program that this thread's task belonged to has ended");
        }
        return cluster;
    }

    @Override
    public TaskContext task() {
        Scope scope = Scope.current();
        return scope == null ? null : scope.context();
    }
}
