package org.goaway;

import java.util.Set;

/**
 * A process in the cluster.
 *
 * <p>A value: it goes on telling what it told when the member has left. A process that starts again is another member,
 * even under the same name and address. Equal on all members; may be captured by tasks and stored in shared objects.
 */
public interface Member {

    /**
     * The name in log lines and in the prefix of forwarded output; unique among the members of a cluster: of those that want the
     * same one, the later get a number behind it. Once the first is gone, another of its host gets the name itself, as a process
     * does that was killed and started again.
     */
    String name();

    /** The address other members reach it at. */
    String host();

    /** The port other members reach it at. */
    int port();

    /** What {@link TaskOptions.Builder#label} selects by; set by the key {@code labels} of its configuration. */
    Set<String> labels();

    /** Whether it is the member that this code runs on. */
    boolean isSelf();

    /** Whether it is the member that started this cluster's program. */
    boolean isSpawner();
}
