package org.goaway.internal.task;

import java.util.concurrent.Executor;
import org.goaway.internal.code.Requests;
import org.goaway.internal.output.StandardStreams;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Transport;

/**
 * How tasks reach their node and other members.
 *
 * @param transport sends from any thread; in order per sender and receiver, also to oneself
 * @param requests asks other members, and oneself
 * @param loop the node's event loop
 */
public record TaskPorts(MemberId self, Transport transport, Requests requests, Executor loop, TaskHost host) {

    /**
     * What a member's tasks are set to.
     *
     * @param slots how many tasks it runs at a time
     * @param streams the process's streams, whose output is forwarded; null: output is off
     * @param longWaitNanos after which time a wait is told as long
     */
    public record Settings(int slots, StandardStreams streams, long longWaitNanos) {}
}
