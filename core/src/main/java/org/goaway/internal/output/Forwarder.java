package org.goaway.internal.output;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Transport;

/** The outputs of the tasks that run at this member. Safe for any thread. */
public final class Forwarder {

    private final Transport transport;
    private final Map<Key, TaskOutput> open = new ConcurrentHashMap<>();

    private record Key(MemberId spawner, long task) {}

    /**
     * @param transport sends from any thread, in order
     */
    public Forwarder(Transport transport) {
        this.transport = transport;
    }

    /** Begins to forward for a task. */
    public TaskOutput open(MemberId spawner, long task) {
        TaskOutput output = new TaskOutput(task, message -> transport.send(spawner, message));
        open.put(new Key(spawner, task), output);
        return output;
    }

    /** Sends what is left of a task's output; what is sent to the spawner afterwards arrives after it. */
    public void close(MemberId spawner, long task) {
        TaskOutput output = open.remove(new Key(spawner, task));
        if (output != null) {
            output.close();
        }
    }

    /** Handles {@link PrintedAck}; one for a task that has ended is late and means nothing. */
    public void onPrintedAck(MemberId from, PrintedAck message) {
        TaskOutput output = open.get(new Key(from, message.task()));
        if (output != null) {
            output.acknowledged(message.bytes());
        }
    }

    /** Sends the lines that wait for more. */
    public void onTick() {
        open.values().forEach(TaskOutput::flushLines);
    }

    /** The member left: nobody reads what its tasks print. */
    public void onGone(MemberId member) {
        open.forEach((key, output) -> {
            if (key.spawner().equals(member)) {
                open.remove(key, output);
                output.discard();
            }
        });
    }

    /** Ends all forwarding; threads that wait go on. */
    public void close() {
        open.values().forEach(TaskOutput::discard);
        open.clear();
    }
}
