package org.goaway.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.goaway.internal.cluster.BareRaft;

/** A process with one voter of bare jgroups-raft, which measures when its parent says so. */
final class BareVoter {

    /** About what the log entry of a strict set of a Long takes. */
    private static final byte[] COMMAND = new byte[100];

    private BareVoter() {}

    /** Takes its name and the first voter's port (0: it is the first); obeys lines until its input ends. */
    public static void main(String[] args) throws Exception {
        try (BareRaft raft = new BareRaft(args[0], Integer.parseInt(args[1]));
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(ChildJava.MARK + raft.id() + " " + raft.port());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(ChildJava.MARK + obey(raft, line.split(" ", -1)));
            }
        }
    }

    private static double crowd(int threads, int millis) throws Exception {
        try (Crowd crowd = new Crowd()) {
            return Load.rate(thread -> crowd.call(), threads, millis);
        }
    }

    private static Object obey(BareRaft raft, String[] words) throws Exception {
        return switch (words[0]) {
            case "vote" -> raft.vote(List.of(words[1].split(",", -1)));
            case "latency" -> Load.latency(thread -> raft.set(COMMAND).get(), Integer.parseInt(words[1]))[0];
            case "rate" ->
                Load.rate(thread -> raft.set(COMMAND).get(), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "crowd" -> crowd(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            default -> throw new IllegalArgumentException(words[0]);
        };
    }
}
