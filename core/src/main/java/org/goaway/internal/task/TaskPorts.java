package org.goaway.internal.task;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import org.goaway.internal.code.Requests;
import org.goaway.internal.output.StandardStreams;
import org.goaway.internal.wire.SizeLimit;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;

/**
 * How tasks reach their node and other members.
 *
 * @param transport sends from any thread; in order per sender and receiver, also to oneself
 * @param offers sends what must not get lost unnoticed
 * @param queued how many bytes wait to leave for a member
 * @param requests asks other members, and oneself
 * @param loop the node's event loop
 * @param limit how large a task's arguments or its result may be
 */
public record TaskPorts(
        MemberId self,
        Transport transport,
        Offers offers,
        Queued queued,
        Requests requests,
        Executor loop,
        TaskHost host,
        SizeLimit limit) {

    /** Not more than so many bytes are sent whatever waits. */
    private static final int SMALL = 8 << 10;

    /** What a message takes beside its content, at most. */
    private static final int HEAD = 512;

    /** While not more than so many bytes wait for a member, an earlier copy has left. */
    private static final int LITTLE = 64 << 10;

    /** Envelopes wait that would let more than so many bytes wait for a member. */
    static final int ENOUGH = 64 << 20;

    /** Of a larger one no more is counted: it need not wait until nothing does, which may never be. */
    private static final int MOST_COUNTED = ENOUGH / 2;

    /** But with more than so many the transport might drop it, unless nothing else of its kind waits: it takes {@code ENOUGH} more. */
    private static final long MOST = 3L * ENOUGH;

    /** How much is on its way. */
    @FunctionalInterface
    public interface Queued {

        /** How many bytes wait to leave for a member and are bounded together with a message of so many. */
        long to(MemberId member, int bytes);
    }

    /** Like {@link Transport#multicast}, in the same order with what that sends, but tells what it had to drop. */
    @FunctionalInterface
    public interface Offers {

        /**
         * Sends {@code message} to each of {@code to} except oneself; returns those for whom too much waits already. Throws
         * only where no message can be made of it: then it has gone to nobody.
         */
        Collection<MemberId> offer(Collection<MemberId> to, Message message);
    }

    /**
     * Sends to one member, maybe oneself. False: too much waits for it; the message was dropped, as it was where this
     * throws.
     */
    boolean offer(MemberId to, Message message) {
        if (to.equals(self)) {
            transport.send(to, message);
            return true;
        }
        return offers.offer(List.of(to), message).isEmpty();
    }

    /**
     * Whether so many bytes that were sent to a member before, and may be on their way still, are to be sent again. On a slow
     * network copies would pile up behind the first one. What is not sent is asked for again.
     */
    boolean mayRepeat(MemberId to, int bytes) {
        return bytes <= SMALL || queued.to(to, bytes + HEAD) <= LITTLE;
    }

    /** Messages of one kind wait behind each other; 0: they never are {@link #isBehind}. */
    static int kind(int bytes) {
        return bytes <= SMALL ? 0 : isLarge(bytes) ? 2 : 1;
    }

    /** Whether the transport lets a message with so many bytes wait apart from smaller ones. */
    static boolean isLarge(int bytes) {
        return bytes + HEAD > SizeLimit.FRAME.bytes();
    }

    /**
     * Whether so much waits for a member that so many bytes had better be sent later.
     *
     * @param coming how many bytes are about to wait with them, too
     */
    boolean isBehind(MemberId to, long coming, int bytes) {
        if (kind(bytes) == 0) {
            return false;
        }
        long waits = queued.to(to, bytes + HEAD) + coming;
        return waits + Math.min(bytes, MOST_COUNTED) > ENOUGH || (waits > 0 && waits + bytes > MOST);
    }

    /**
     * What a member's tasks are set to.
     *
     * @param slots how many tasks it runs at a time
     * @param streams the process's streams; null: what tasks print is left to them
     * @param output whether what tasks print here is sent to their spawners, and what comes from tasks that were started here is
     *     printed; else it is dropped
     * @param longWaitNanos after which time a wait is told as long
     */
    public record Settings(int slots, StandardStreams streams, boolean output, long longWaitNanos) {}
}
