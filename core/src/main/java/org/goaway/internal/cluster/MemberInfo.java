package org.goaway.internal.cluster;

import java.util.List;
import org.goaway.protocol.MemberId;

/**
 * What members tell each other about themselves when they meet.
 *
 * @param id its identity, new with each process
 * @param name its name, for people; no other member that is present keeps the same one
 * @param host the address it listens on; empty in process
 * @param port the port it listens on; 0 in process
 * @param processors how many processors its JVM sees
 * @param spawner whether it runs the program
 * @param labels what tasks may ask for
 * @param taskThreads how many tasks it runs at the same time
 * @param runsTasks whether it gets tasks that are not bound to it
 * @param javaVersion its JVM's feature release
 */
public record MemberInfo(
        MemberId id,
        String name,
        String host,
        int port,
        int processors,
        boolean spawner,
        List<String> labels,
        int taskThreads,
        boolean runsTasks,
        int javaVersion) {

    /** One of which no more is known here. */
    public static MemberInfo unseen(MemberId id, String name) {
        return new MemberInfo(id, name, "", 0, 1, false, List.of(), 1, false, 0);
    }

    /** The same member under another name. */
    MemberInfo named(String other) {
        return new MemberInfo(id, other, host, port, processors, spawner, labels, taskThreads, runsTasks, javaVersion);
    }

    @Override
    public String toString() {
        return name + (port == 0 ? "" : " (" + new Host(host, port) + ")");
    }
}
