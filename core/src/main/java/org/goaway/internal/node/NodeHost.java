package org.goaway.internal.node;

import java.util.List;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.Cluster;
import org.goaway.Member;
import org.goaway.internal.code.Application;
import org.goaway.internal.task.TaskHost;
import org.goaway.protocol.MemberId;

/**
 * What tasks need of a node.
 *
 * @param clusters the cluster as an application sees it
 * @param releasing releases what a thread holds, and returns what that was
 */
record NodeHost(Members known, Function<Application, Cluster> clusters, Function<Thread, List<String>> releasing)
        implements TaskHost {

    private static final Logger LOG = LogManager.getLogger(NodeHost.class);

    @Override
    public TaskHost.Present present() {
        return known.forTasks();
    }

    @Override
    public Member member(MemberId id) {
        return known.member(id);
    }

    @Override
    public Cluster cluster(Application application) {
        return clusters.apply(application);
    }

    @Override
    public void taskEnded(Thread thread) {
        List<String> left = releasing.apply(thread);
        if (!left.isEmpty()) {
            LOG.warn(
                    "{}: a task ended without releasing {}; released now",
                    known.self().name(),
                    left);
        }
    }
}
