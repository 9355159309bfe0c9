package org.goaway.internal.node;

import java.time.Duration;
import org.goaway.GoAwayException;
import org.goaway.internal.cluster.MemberInfo;

/**
 * How a program among equals comes into its cluster: the first one in the view founds it, once the expected members are there and
 * would join; the others wait to be founded, or to be taken into the cluster that runs. Who is the first may change meanwhile, as
 * members fail.
 */
final class Beginning {

    private static final Duration ASK_AGAIN = Duration.ofMillis(200);

    private final Node node;
    private final int expected;
    private final Duration atMost;
    private String waits;

    private Beginning(Node node, int expected, Duration atMost) {
        this.node = node;
        this.expected = expected;
        this.atMost = atMost;
    }

    /**
     * Blocks until the node's cluster has begun.
     *
     * @throws GoAwayException if it does not within that time, or cannot any more
     */
    static void of(Node node, int expected, Duration atMost) {
        Beginning beginning = new Beginning(node, expected, atMost);
        Arrival.until(beginning::step, atMost, () -> beginning.waits);
    }

    private boolean step() {
        if (node.begun().isDone()) {
            return true;
        }
        if (node.programOver().isDone()) {
            throw new GoAwayException(
                    "the cluster did not come up: " + node.programOver().join() + "; start again");
        }
        int strangers = node.strangers(); // before those who are known: who became known since is among them
        MemberInfo first =
                node.infos().stream().filter(MemberInfo::spawner).findFirst().orElseThrow();
        if (node.founder().isPresent() || !first.id().equals(node.self().id())) {
            waits = "waits for " + first + " to found the cluster, or to be taken into the one that runs";
            return Arrival.isDone(node.begun(), Arrival.STEP);
        } else if (strangers > 0) {
            // The first program may be one of them, and its cluster may run.
            waits = "waits until " + strangers + " of the members that it sees have introduced themselves";
            return Arrival.isDone(node.begun(), Arrival.STEP);
        } else if (node.infos().size() < expected) {
            waits = "has " + node.infos() + " and waits for " + expected + " members";
            return Arrival.isDone(node.begun(), Arrival.STEP);
        } else if (!wouldJoin()) {
            return Arrival.isDone(node.begun(), ASK_AGAIN);
        }
        Arrival.of(node.found(node.infos(), atMost), atMost, () -> "waits for the members to agree on the cluster");
        return true;
    }

    /** Servers of an earlier program need a moment to begin afresh; others will not join however long one waits. */
    private boolean wouldJoin() {
        try {
            Arrival.of(node.ask(node.infos()), atMost, () -> "asks the members whether they would join");
            return true;
        } catch (GoAwayException refused) {
            boolean lasting = refused instanceof Founding.Refused answer
                    && answer.isLasting()
                    && node.founder().isEmpty();
            if (lasting && !Thread.currentThread().isInterrupted()) { // else the wait that follows says so
                throw refused;
            }
            waits = "waits until all would join: " + refused.getMessage();
            return false;
        }
    }
}
