package org.goaway.benchmarks;

import org.goaway.internal.cluster.BareCall;

/** A process that a {@link BareCall} calls, until its input ends. */
final class BareCallMember {

    private BareCallMember() {}

    /** Takes its name and the first member's port. */
    public static void main(String[] args) throws Exception {
        try (BareCall member = new BareCall(args[0], Integer.parseInt(args[1]))) {
            member.awaitMembers(2);
            System.out.println(ChildJava.MARK + "joined");
            while (System.in.read() >= 0) {
                // nothing is said but the end
            }
        }
    }
}
