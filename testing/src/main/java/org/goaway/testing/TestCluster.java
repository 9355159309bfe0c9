package org.goaway.testing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.goaway.Cluster;
import org.goaway.Member;
import org.goaway.internal.node.Faults;

/**
 * A cluster and what a test does to its members. Faults last until they are undone or the cluster is closed; the
 * others find out about them as they would of real ones: a killed server of this process's own at once, one that is paused or
 * cut off when its lease is over (2 seconds) or its silence has lasted for 8 seconds. Faults need no privileges, and
 * nothing is in the way of messages as long as no link is cut. Safe for any thread.
 */
public final class TestCluster {

    private final Cluster cluster;
    private final Faults faults;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private volatile boolean harmed;

    private TestCluster(Cluster cluster) {
        this.cluster = cluster;
        this.faults = Faults.of(cluster);
        for (Member member : cluster.members()) {
            members.put(member.name(), member);
        }
    }

    /**
     * Takes a cluster that has all of its members, without JUnit: {@code TestCluster.of(GoAway.local(3))}.
     *
     * @throws IllegalArgumentException if this process has not started its servers
     */
    public static TestCluster of(Cluster cluster) {
        return new TestCluster(cluster);
    }

    /** The cluster, as the test's own node sees it. */
    public Cluster cluster() {
        return cluster;
    }

    /** The servers that it started with, those included that were killed: {@code server-1}, {@code server-2}, and so on. */
    public List<Member> servers() {
        return faults.servers().stream().map(this::member).toList();
    }

    /**
     * The member of this name among those that it started with; the test's own node is {@code spawner}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Member member(String name) {
        Member member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException("there is no member " + name + ": there were " + members.keySet());
        }
        return member;
    }

    /**
     * Ends a server as {@code kill -9} does: it leaves nothing behind and tells nobody. A node in this process falls silent
     * and ends. There is no way back; returns when it has ended.
     *
     * @throws IllegalArgumentException if it is the test's own node, or no member
     * @throws IllegalStateException if it was killed before
     */
    public void kill(Member server) {
        faults.kill(server.name());
        harmed = true;
    }

    /**
     * Lets a server stand still, as a long garbage collection does, until {@link #resume}. A process gets SIGSTOP. A node in
     * this process hears, says and decides nothing, but the code of its tasks runs on to its next call of GoAway.
     *
     * @throws IllegalArgumentException if it is the test's own node, or no member
     * @throws IllegalStateException if it was killed
     * @throws org.goaway.GoAwayException if it is a process, and this machine has no {@code kill} command
     */
    public void pause(Member server) {
        faults.pause(server.name());
        harmed = true;
    }

    /** Lets a paused server go on; nothing if it is not paused. Throws what {@link #pause} throws. */
    public void resume(Member server) {
        faults.resume(server.name());
    }

    /**
     * Cuts the links between these members and all others, both ways: two sides, each of which reaches itself. What was on its
     * way is lost. The test's own node may be on either side. A further call cuts more links and mends none. The links of a
     * process are cut when it has read so, a moment after this returns.
     *
     * @throws IllegalArgumentException if one is no member
     */
    public void partition(Member... side) {
        faults.part(Arrays.stream(side).map(Member::name).collect(Collectors.toSet()));
        harmed = true;
    }

    /** Mends all links. Members that were cut off come back by themselves, within some seconds. */
    public void heal() {
        faults.heal();
    }

    /** Closes the cluster, after all members go on that can: they end in order then. */
    void end() {
        if (!cluster.isClosed()) {
            try {
                faults.undo();
            } finally {
                cluster.close();
            }
        }
    }

    /** Whether a test has harmed members; what was undone counts, too. */
    boolean isHarmed() {
        return harmed;
    }

    @Override
    public String toString() {
        return "members " + members.keySet() + " of " + cluster;
    }
}
