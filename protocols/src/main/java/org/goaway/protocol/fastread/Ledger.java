package org.goaway.protocol.fastread;

import java.util.Map;
import java.util.TreeMap;
import org.goaway.protocol.Answer;

/**
 * What is known of one client's operations on one object: those that took effect, with the answers that the client may
 * still ask for. It makes a repeated operation take effect once. Written on the event loop only.
 */
final class Ledger {

    private final TreeMap<Long, Answer> answers = new TreeMap<>();

    /** The answer to this operation; null if it took no effect yet or the client has its answer already. */
    Answer answer(long seq) {
        return answers.get(seq);
    }

    /** The answers that may still be asked for. */
    Map<Long, Answer> answers() {
        return answers;
    }

    /** The lowest operation that the client may still ask for. */
    long lowest() {
        return answers.isEmpty() ? 0 : answers.firstKey();
    }

    void put(FastReadMessage.Finished finished) {
        answers.put(finished.seq(), finished.answer());
        forget(finished.lowest());
    }

    /** The client has all answers below {@code lowest}. */
    void forget(long lowest) {
        answers.headMap(lowest).clear();
    }
}
