package org.goaway.usage.nemesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.goaway.Cluster;
import org.goaway.Member;
import org.goaway.kit.Standstill;
import org.goaway.kit.Standstills;

/** Watches at all members of a cluster when they stand still; what is seen is kept beside what their clients write down. One thread. */
final class Watch implements AutoCloseable {

    private final Cluster cluster;
    private final Path folder;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final Standstills here;

    /** Begins here, and at the members that there are. */
    Watch(Cluster cluster, Path folder) {
        this.cluster = cluster;
        this.folder = folder;
        this.here = Standstills.watch(file(cluster.self()));
        begin();
    }

    private Path file(Member member) {
        return files.computeIfAbsent(member.name(), name -> folder.resolve(name + ".standstills"));
    }

    /** Begins at the members that have come. */
    void begin() {
        for (Member member : cluster.members()) {
            if (!files.containsKey(member.name())) {
                var unused = cluster.run(
                        Running.on(member), Watch::beginThere, file(member).toString());
            }
        }
    }

    /** It watches until its process ends, also while that is cut off from the others. */
    private static void beginThere(String file) {
        var unused = Standstills.watch(Path.of(file));
    }

    /** What was seen so far. */
    StoodStill seen() {
        Map<String, List<Standstill>> seen = new TreeMap<>();
        files.forEach((member, file) -> seen.put(member, in(file)));
        return new StoodStill(cluster.self().name(), seen);
    }

    private static List<Standstill> in(Path file) {
        try {
            return Standstills.in(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends here. */
    @Override
    public void close() {
        here.close();
    }
}
