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
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final Network network;

    /** {@code network} is null where no links are cut. */
    Running(Cluster cluster, Network network) {
        this.cluster = cluster;
        this.network = network;
        for (Member member : cluster.members()) {
            addresses.put(member.name(), member.host());
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

    /** All other members, dead ones too. */
    List<String> others(String server) {
        return addresses.keySet().stream().filter(name -> !name.equals(server)).toList();
    }

    /** Loses what one member sends to another. */
    void cut(String from, String to) {
        LOG.info("nemesis: {} does not reach {}", from, to);
        network.cut(addresses.get(from), addresses.get(to));
    }

    /** Lets all go on that were stopped and heals all links. */
    void mend() {
        List.copyOf(stopped).forEach(this::goOn);
        if (network != null) {
            LOG.info("nemesis: all links are healed");
            network.heal();
        }
    }

    private void signal(String signal, String server) {
        Shell.run("kill", "-" + signal, Long.toString(processes.get(server)));
    }
}
