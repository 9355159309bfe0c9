package org.goaway.internal.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.goaway.Cluster;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.protocol.MemberId;

/**
 * What tests do to the members of a cluster whose servers this process has started: the one way of {@code
 * org.goaway.testing} to a node. Members are called by their names. Safe for any thread.
 */
public final class Faults {

    private final Node spawner;
    private final OwnServers servers;
    private final Map<String, MemberId> members = new HashMap<>();
    private final Map<String, Set<MemberId>> unheard = new HashMap<>();
    private final Set<String> killed = new HashSet<>();
    private final Set<String> paused = new HashSet<>();

    private Faults(Node spawner) {
        this.spawner = spawner;
        this.servers = spawner.servers();
        for (MemberInfo member : spawner.infos()) {
            members.put(member.name(), member.id());
        }
    }

    /**
     * For a cluster with all of its members.
     *
     * @throws IllegalArgumentException if this process has not started the servers
     */
    public static Faults of(Cluster cluster) {
        if (cluster instanceof NodeCluster known && known.node().servers() != null) {
            return new Faults(known.node());
        }
        throw new IllegalArgumentException(cluster + " has servers that this process has not started: use a cluster of"
                + " GoAway.local or GoAway.inProcess");
    }

    /** The servers' names, those included that were killed. */
    public List<String> servers() {
        return servers.names();
    }

    /** Ends a server without a chance to leave. */
    public synchronized void kill(String server) {
        checkRuns(server);
        paused.remove(server);
        killed.add(server);
        servers.kill(server);
    }

    /** Lets a server stand still. */
    public synchronized void pause(String server) {
        checkRuns(server);
        if (paused.add(server)) {
            servers.pause(server);
        }
    }

    /** Lets a server that stands still go on. */
    public synchronized void resume(String server) {
        checkRuns(server);
        if (paused.remove(server)) {
            servers.resume(server);
        }
    }

    /** From now on no message passes between a member of {@code side} and one that is not, either way. */
    public synchronized void part(Set<String> side) {
        side.forEach(this::checkKnown);
        for (String member : members.keySet()) {
            for (String other : members.keySet()) {
                if (side.contains(member) != side.contains(other)) {
                    unheard.computeIfAbsent(member, any -> new HashSet<>()).add(members.get(other));
                }
            }
        }
        unheard.forEach(this::cutOff);
    }

    /** All messages pass again. */
    public synchronized void heal() {
        unheard.keySet().forEach(member -> cutOff(member, Set.of()));
        unheard.clear();
    }

    /** Heals, and lets all that stand still go on. */
    public synchronized void undo() {
        heal();
        List.copyOf(paused).forEach(this::resume);
    }

    private void cutOff(String member, Set<MemberId> from) {
        if (member.equals(spawner.self().name())) {
            spawner.harm().cutOff(from);
        } else if (!killed.contains(member)) {
            servers.cutOff(member, from);
        }
    }

    private void checkRuns(String server) {
        checkKnown(server);
        if (!servers.names().contains(server)) {
            throw new IllegalArgumentException(server + " is this process itself: name one of " + servers.names());
        }
        if (killed.contains(server)) {
            throw new IllegalStateException(server + " was killed before");
        }
    }

    private void checkKnown(String member) {
        if (!members.containsKey(member)) {
            throw new IllegalArgumentException("there is no member " + member + ": there were " + members.keySet());
        }
    }
}
