package org.goaway.usage.mishap;

import java.util.Set;
import java.util.stream.Collectors;
import org.goaway.Cluster;
import org.goaway.Member;
import org.goaway.TaskOptions;
import org.goaway.usage.Eventually;

/** The servers of a cluster, as members and as processes that this process started. */
final class Servers {

    private Servers() {}

    static TaskOptions on(Cluster cluster, String name) {
        return TaskOptions.builder().on(named(cluster, name)).build();
    }

    static Member named(Cluster cluster, String name) {
        return cluster.members().stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The processes that this one has started and that run. */
    static Set<ProcessHandle> processes() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).collect(Collectors.toSet());
    }

    /** Fails unless no more processes run than {@code before}. */
    static void assertNoneLeft(Set<ProcessHandle> before) {
        Eventually.holds(() -> before.containsAll(processes()), () -> "left: " + processes());
    }
}
