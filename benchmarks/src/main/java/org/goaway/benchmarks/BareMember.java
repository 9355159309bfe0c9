package org.goaway.benchmarks;

import java.io.IOException;
import org.goaway.internal.cluster.BareBurst;
import org.goaway.internal.cluster.BareCall;

/** A process that answers a {@link BareBurst} or is called by a {@link BareCall}, until its input ends. */
final class BareMember {

    private BareMember() {}

    /** Takes {@code burst} or {@code call}, its name and the first member's port. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[2]);
        if (args[0].equals("burst")) {
            try (BareBurst member = new BareBurst(args[1], port)) {
                member.awaitMembers(2);
                answer();
            }
        } else {
            try (BareCall member = new BareCall(args[1], port)) {
                member.awaitMembers(2);
                answer();
            }
        }
    }

    private static void answer() throws IOException {
        System.out.println(ChildJava.MARK + "joined");
        while (System.in.read() >= 0) {
            // nothing is said but the end
        }
    }
}
