package org.goaway.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.goaway.internal.cluster.BareMap;

/** A process with one replica of JGroups' map, which tells its parent when it has enough. */
final class BareReplica {

    private BareReplica() {}

    /** Takes its name and the first replica's port; answers a number of keys when it has them, until its input ends. */
    public static void main(String[] args) throws Exception {
        try (BareMap map = new BareMap(args[0], Integer.parseInt(args[1]));
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(ChildJava.MARK + "joined");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                map.awaitKeys(Integer.parseInt(line));
                System.out.println(ChildJava.MARK + line);
            }
        }
    }
}
