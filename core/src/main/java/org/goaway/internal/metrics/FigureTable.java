package org.goaway.internal.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.goaway.metrics.CodeMXBean;
import org.goaway.metrics.MembershipMXBean;
import org.goaway.metrics.NetworkMXBean;
import org.goaway.metrics.StoreMXBean;
import org.goaway.metrics.TasksMXBean;

/** The one table of names of a member's figures. */
public final class FigureTable {

    private final List<Figure> figures = new ArrayList<>();
    private final SortedMap<String, String> tags;

    private FigureTable(SortedMap<String, String> tags) {
        this.tags = tags;
    }

    /** All figures of a member, in the order of their kinds. */
    public static List<Figure> of(MemberFigures figures) {
        MembershipMXBean membership = figures.membership();
        FigureTable table = new FigureTable(
                new TreeMap<>(Map.of("cluster", membership.getCluster(), "member", membership.getMember())));
        table.addMembership(membership);
        table.addTasks(figures.tasks());
        table.addNetwork(figures.network());
        table.addCode(figures.code());
        for (StoreMXBean store : figures.stores()) {
            table.tags.put("kind", store.getKind()); // in place of the one before: each figure has its own copy
            table.addStore(store);
        }
        return List.copyOf(table.figures);
    }

    private void addMembership(MembershipMXBean of) {
        gauge("members", "members of the epoch", of::getMembers);
        gauge("members.present", "members that this one is connected to, itself included", of::getMembersPresent);
        gauge("epoch", "number of the epoch", of::getEpoch);
        gauge("leader", "1 for who leads the log", () -> of.isLeader() ? 1 : 0);
        gauge("lease.held", "1 while the member holds its lease", () -> of.isLeaseHeld() ? 1 : 0);
        gauge("lease.remaining", Figure.SECONDS, "how long the lease lasts", of::getLeaseRemainingSeconds);
        counter("members.out", "how often the cluster went on without this member", of::getTimesOut);
    }

    private void addTasks(TasksMXBean of) {
        gauge("tasks.pending", "tasks that wait here for a slot", of::getPending);
        gauge("tasks.running", "tasks that have a thread here", of::getRunning);
        gauge("tasks.longest", Figure.SECONDS, "how long the oldest of them runs", of::getLongestRunningSeconds);
        counter("tasks.done", "tasks that have returned here", of::getDone);
        counter("tasks.failed", "tasks that have thrown here, or run out of time", of::getFailed);
        counter("tasks.cancelled", "tasks that were called off here", of::getCancelled);
        timer("tasks.wait", "how long tasks waited here for their start", of::getStarted, of::getWaitSeconds);
        timer("tasks.run", "how long tasks ran here", of::getEnded, of::getRunSeconds);
        gauge("spawned.unfinished", "tasks started here that have not ended", of::getSpawnedUnfinished);
        counter("spawned.done", "tasks started here that have returned", of::getSpawnedDone);
        counter("spawned.failed", "tasks started here that have failed", of::getSpawnedFailed);
        counter("spawned.cancelled", "tasks started here that were cancelled", of::getSpawnedCancelled);
    }

    private void addStore(StoreMXBean of) {
        gauge("store.objects", "objects that this member has copies of", of::getObjects);
        if (of.getReads() >= 0) {
            counter("store.reads", "fields read here", of::getReads);
        }
        counter("store.writes", "writes made here", of::getWrites);
        counter("store.rounds", "rounds that this member has driven", of::getRounds);
        timer("store.stalls", "how long calls waited that usually need not", of::getStalls, of::getStallSeconds);
    }

    private void addNetwork(NetworkMXBean of) {
        counter("network.multicasts", "messages sent to several members at once", of::getMulticasts);
        counter("network.messages", "messages sent", of::getMessagesSent);
        counter("network.frames.sent", "frames sent", of::getFramesSent);
        counter("network.frames.received", "frames received", of::getFramesReceived);
        counter("network.sent", Figure.BYTES, "bytes sent", of::getBytesSent);
        counter("network.received", Figure.BYTES, "bytes received", of::getBytesReceived);
        gauge("network.queued", Figure.BYTES, "bytes that wait to leave", of::getBytesQueued);
    }

    private void addCode(CodeMXBean of) {
        timer("code.fetches", "how long threads waited for classes", of::getFetches, of::getFetchSeconds);
        counter("code.files.fetched", "files of programs fetched", of::getFilesFetched);
        counter("code.fetched", Figure.BYTES, "bytes of these", of::getBytesFetched);
        counter("code.files.served", "files of programs sent to others", of::getFilesServed);
        counter("code.served", Figure.BYTES, "bytes of these", of::getBytesServed);
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        gauge(name, "", help, value);
    }

    private void gauge(String name, String unit, String help, DoubleSupplier value) {
        add(name, Figure.Type.GAUGE, unit, help, value, () -> (long) value.getAsDouble());
    }

    private void counter(String name, String help, LongSupplier value) {
        counter(name, "", help, value);
    }

    private void counter(String name, String unit, String help, LongSupplier value) {
        add(name, Figure.Type.COUNTER, unit, help, value::getAsLong, value);
    }

    private void timer(String name, String help, LongSupplier count, DoubleSupplier seconds) {
        add(name, Figure.Type.TIMER, Figure.SECONDS, help, seconds, count);
    }

    private void add(
            String name, Figure.Type type, String unit, String help, DoubleSupplier total, LongSupplier count) {
        figures.add(new Figure("goaway." + name, type, unit, help, tags, total, count));
    }
}
