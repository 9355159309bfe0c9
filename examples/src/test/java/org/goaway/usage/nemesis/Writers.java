package org.goaway.usage.nemesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import org.goaway.Cluster;
import org.goaway.Member;
import org.goaway.MemberLeftException;
import org.goaway.RemoteCallable;
import org.goaway.RemoteConsumer;
import org.goaway.usage.Eventually;

/** The writers of a cluster, two on each member: threads of this process, which is the spawner, and tasks on the servers. */
final class Writers {

    private final Cluster cluster;
    private final Watch watch;
    private final Path folder;
    private final long seed;
    private final Map<Writing, String> members = new LinkedHashMap<>();
    private final Set<String> killed = new HashSet<>();
    private final Set<String> cut = new HashSet<>();

    Writers(Cluster cluster, Watch watch, Path folder, long seed) {
        this.cluster = cluster;
        this.watch = watch;
        this.folder = folder;
        this.seed = seed;
    }

    /** Starts them and waits until all have begun. */
    void start() {
        for (Member member : cluster.members()) {
            start("weak", member, WeakWriter::run);
            start("release", member, ReleaseWriter::run);
        }
        awaitBegun();
    }

    private void awaitBegun() {
        members.keySet()
                .forEach(writing -> Eventually.holds(
                        () -> Files.exists(writing.begun()), () -> writing.name() + " does not begin"));
    }

    private void start(String what, Member member, RemoteConsumer<Writing> writer) {
        Writing writing = new Writing(what + "@" + member.name(), seed + members.size(), folder.toString());
        members.put(writing, member.name());
        if (!member.isSelf()) {
            // A member that is cut off is lost with its tasks, which go on all the same.
            var unused = cluster.run(Running.on(member), writer, writing);
            return;
        }
        FutureTask<Void> task = new FutureTask<>(() -> {
            writer.accept(writing);
            return null;
        });
        Thread thread = new Thread(task, writing.name());
        thread.setDaemon(true);
        thread.start();
    }

    void killed(Set<String> servers) {
        killed.addAll(servers);
    }

    /** Lets a member enter the section that is held, and returns when it is in. */
    void hold(String server) {
        Member member = cluster.members().stream()
                .filter(each -> each.name().equals(server))
                .findFirst()
                .orElseThrow();
        start("held", member, HeldSection::run);
        awaitBegun();
    }

    /** The member that holds the section has been cut off: does what another does meanwhile. */
    void cut(String server) {
        cut.add(server);
        HeldSection.takeOver(cluster.self().name());
    }

    /** Once they have been told to end: waits until all members have the same, and checks what it is; says how much was written. */
    String check() throws IOException {
        // Who is not a member just now is back in a moment: only the killed do not end.
        members.forEach((writing, member) -> {
            if (!killed.contains(member)) {
                Eventually.holds(() -> Files.exists(writing.ended()), () -> writing.name() + " does not end");
            }
        });
        Map<String, String> weak = agreed(WeakWriter::seen);
        Map<String, String> books = agreed(Books::seen);
        List<Recorded> calls = Recorded.in(folder);
        WriterRules rules = new WriterRules(calls, killed, watch.seen().orHit(cut));
        rules.checkEnds();
        rules.checkWeak(weak);
        rules.checkBooks(books);
        if (!cut.isEmpty()) {
            rules.checkHeld(agreed(HeldSection::seen), cluster.self().name());
        }
        long sets =
                calls.stream().filter(call -> call.asked().startsWith("set ")).count();
        return sets * WeakWriter.OWN + " weak sets, " + books.get("count") + " sections, killed " + killed
                + ", cut off " + cut + (watch.seen().isEmpty() ? "" : ", " + watch.seen());
    }

    /** What all members have, once they have the same. */
    private Map<String, String> agreed(RemoteCallable<Map<String, String>> seen) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        Eventually.holds(
                () -> {
                    all.clear();
                    for (Member member : cluster.members()) {
                        try {
                            all.put(
                                    member.name(),
                                    cluster.call(Running.on(member), seen).join());
                        } catch (MemberLeftException notBackYet) {
                            return false;
                        }
                    }
                    return Set.copyOf(all.values()).size() == 1;
                },
                () -> "not the same: " + different(all));
        return all.values().iterator().next();
    }

    /** Only what not all have. */
    private static Map<String, Map<String, String>> different(Map<String, Map<String, String>> all) {
        Map<String, Map<String, String>> different = new TreeMap<>();
        all.forEach((member, seen) -> seen.forEach((field, value) -> {
            if (!all.values().stream().allMatch(other -> value.equals(other.get(field)))) {
                different.computeIfAbsent(field, any -> new TreeMap<>()).put(member, value);
            }
        }));
        return different;
    }
}
