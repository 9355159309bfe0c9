package org.goaway.usage.nemesis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.Cluster;
import org.goaway.Member;
import org.goaway.TaskOptions;

/** A running cluster's servers as processes that can be harmed. One thread. */
final class Running {

    private static final Logger LOG = LogManager.getLogger(Running.class);

    private final Cluster cluster;
    private final Map<String, Long> processes = new LinkedHashMap<>();
    private final Set<String> dead = new HashSet<>();
    private final Set<String> stopped = new HashSet<>();

    Running(Cluster cluster) {
        this.cluster = cluster;
        for (Member member : cluster.members()) {
            if (!member.isSpawner()) {
                processes.put(
                        member.name(),
                        cluster.call(on(member), Running::process).join());
            }
        }
    }

    private static long process() {
        return ProcessHandle.current().pid();
    }

    static TaskOptions on(Member member) {
        return TaskOptions.builder().on(member).build();
    }

    Cluster cluster() {
        return cluster;
    }

    /** The servers that have not been killed. */
    List<String> servers() {
        List<String> alive = new ArrayList<>(processes.keySet());
        alive.removeAll(dead);
        return alive;
    }

    /** The server that leads, as this process sees it; any one where none is known to. */
    String leader() {
        Member first = cluster.members().get(0);
        return first.isSpawner() || dead.contains(first.name()) ? servers().get(0) : first.name();
    }

    void kill(String server) {
        LOG.info("nemesis: kill {}", server);
        dead.add(server);
        ProcessHandle.of(processes.get(server)).ifPresent(ProcessHandle::destroyForcibly);
    }

    void stop(String server) {
        LOG.info("nemesis: stop {}", server);
        stopped.add(server);
        signal("STOP", server);
    }

    void goOn(String server) {
        LOG.info("nemesis: {} goes on", server);
        stopped.remove(server);
        signal("CONT", server);
    }

    /** Lets all go on that were stopped. */
    void goOn() {
        List.copyOf(stopped).forEach(this::goOn);
    }

    private void signal(String signal, String server) {
        Shell.run("kill", "-" + signal, Long.toString(processes.get(server)));
    }
}
