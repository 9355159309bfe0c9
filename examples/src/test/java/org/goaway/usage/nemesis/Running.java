package org.goaway.usage.nemesis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.Cluster;
import org.goaway.Member;
import org.goaway.TaskOptions;
import org.goaway.usage.Eventually;
import org.goaway.usage.Shell;

/** A running cluster's servers as processes that can be harmed. One thread. */
final class Running {

    private static final Logger LOG = LogManager.getLogger(Running.class);

    private final Cluster cluster;
    private final Map<String, Long> processes = new LinkedHashMap<>();
    private final Set<String> gone = new HashSet<>();
    private final Set<String> leaving = new HashSet<>();
    private final Set<String> stopped = new HashSet<>();
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final Ground ground;
    private final Random random;
    private int joiners;

    /** {@code random} chooses who is harmed. */
    Running(Cluster cluster, Ground ground, Random random) {
        this.cluster = cluster;
        this.ground = ground;
        this.random = random;
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

    Random random() {
        return random;
    }

    /** The servers that have neither been killed nor left. */
    List<String> servers() {
        List<String> alive = new ArrayList<>(processes.keySet());
        alive.removeAll(gone);
        return alive;
    }

    /**
     * Waits until the members are these servers and this process, and those that were asked to end have ended: until then one
     * may still have its vote, and a majority may not survive that the next one is harmed.
     */
    void awaitServers() {
        Eventually.holds(
                () -> Set.copyOf(servers()).equals(serversSeen()),
                () -> "there should be " + servers() + " and this process, not " + cluster.members());
        Eventually.holds(
                () -> leaving.stream().noneMatch(this::runs), () -> "asked to end, but some go on: " + leaving);
    }

    private boolean runs(String server) {
        return ProcessHandle.of(processes.get(server))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    /** Waits until none of these servers is a member. */
    void awaitOut(Set<String> hit) {
        Eventually.holds(
                () -> Collections.disjoint(hit, serversSeen()),
                () -> "not all of " + hit + " are out: " + cluster.members());
    }

    private Set<String> serversSeen() {
        return cluster.members().stream()
                .filter(member -> !member.isSpawner())
                .map(Member::name)
                .collect(Collectors.toSet());
    }

    /** The server that leads, as this process sees it; any one where none is known to. */
    String leader() {
        Member first = cluster.members().get(0);
        return first.isSpawner() || gone.contains(first.name()) ? servers().get(0) : first.name();
    }

    void kill(String server) {
        LOG.info("nemesis: kill {}", server);
        gone.add(server);
        ProcessHandle.of(processes.get(server)).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Asks it to end, as Ctrl-C does. */
    void leave(String server) {
        LOG.info("nemesis: {} leaves", server);
        gone.add(server);
        leaving.add(server);
        ProcessHandle.of(processes.get(server)).ifPresent(ProcessHandle::destroy);
    }

    /** Starts one more server. */
    void join() {
        String server = "joiner-" + ++joiners;
        LOG.info("nemesis: {} joins", server);
        processes.put(server, ground.start(server).pid());
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

    /** Loses all that goes these ways between members. */
    void cut(List<Way> ways) {
        LOG.info("nemesis: nothing goes {}", ways);
        ground.cut(ways.stream()
                .map(way -> new Way(addresses.get(way.from()), addresses.get(way.to())))
                .toList());
    }

    /** Lets all go on that were stopped and heals all links. */
    void mend() {
        List.copyOf(stopped).forEach(this::goOn);
        ground.heal();
    }

    private void signal(String signal, String server) {
        Shell.run("kill", "-" + signal, Long.toString(processes.get(server)));
    }
}
