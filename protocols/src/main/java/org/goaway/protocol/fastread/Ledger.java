package org.goaway.protocol.fastread;

import java.util.TreeMap;
import org.goaway.protocol.Message;

/**
 * What is known of one client's operations on one object: the replies that the client may still ask for. Together with
 * the numbers of the operations it makes a repeated operation take effect once. Written on the event loop only.
 */
final class Ledger {

    private final TreeMap<Long, Message> replies = new TreeMap<>();
    private long last;

    /** The highest operation that has a reply. */
    long last() {
        return last;
    }

    /** The reply to this operation; null if there is none yet or the client has it already. */
    Message reply(long seq) {
        return replies.get(seq);
    }

    void put(long seq, Message reply) {
        replies.put(seq, reply);
        last = Math.max(last, seq);
    }

    /** The client has all replies below {@code lowest}. */
    void forget(long lowest) {
        replies.headMap(lowest).clear();
        last = Math.max(last, lowest - 1);
    }
}
