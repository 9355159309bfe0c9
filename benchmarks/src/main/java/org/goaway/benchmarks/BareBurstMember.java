package org.goaway.benchmarks;

import org.goaway.internal.cluster.BareBurst;

/** A process that answers a {@link BareBurst}, until its input ends. */
final class BareBurstMember {

    private BareBurstMember() {}

    /** Takes its name and the first member's port. */
    public static void main(String[] args) throws Exception {
        try (BareBurst member = new BareBurst(args[0], Integer.parseInt(args[1]))) {
            member.awaitMembers(2);
            System.out.println(ChildJava.MARK + "joined");
            while (System.in.read() >= 0) {
                // nothing is said but the end
            }
        }
    }
}
