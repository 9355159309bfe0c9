package org.goaway.protocol.weak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Transport;

/** The batches of others that are installed here and not acknowledged yet. Belongs to the loop. */
final class Acknowledgements {

    private final Transport transport;
    private final Executor loop;
    private final Map<MemberId, List<Long>> due = new TreeMap<>();
    /** Those of an epoch that is not known here yet, by sender and number. */
    private final Map<MemberId, Map<Long, Round>> ahead = new TreeMap<>();

    Acknowledgements(Transport transport, Executor loop) {
        this.transport = transport;
        this.loop = loop;
    }

    /** Acknowledges a batch at the end of this turn of the loop, with all others of its sender. */
    void add(MemberId sender, long number) {
        if (due.isEmpty()) {
            loop.execute(this::send);
        }
        due.computeIfAbsent(sender, member -> new ArrayList<>()).add(number);
    }

    /** Keeps a batch of an epoch that is not known yet; of this round when it came last. */
    void keep(MemberId sender, long number, Round round) {
        ahead.computeIfAbsent(sender, member -> new TreeMap<>()).put(number, round);
    }

    /** What was kept may have lost to something that is forgotten since, or be forgotten itself: it is needed once more. */
    void dropKept() {
        ahead.clear();
    }

    /** What was installed until now is not sure to stay: what is not acknowledged yet is needed once more. */
    void drop() {
        due.clear();
        dropKept();
    }

    /** Acknowledges what was kept and is not ahead any more, as far as it counts. What does not is needed once more. */
    void addKept(Predicate<Round> isAhead, BiPredicate<MemberId, Round> counts) {
        Map<MemberId, Map<Long, Round>> kept = new TreeMap<>(ahead);
        ahead.clear();
        kept.forEach((sender, batches) -> batches.forEach((number, round) -> {
            if (isAhead.test(round)) {
                keep(sender, number, round);
            } else if (counts.test(sender, round)) {
                add(sender, number);
            }
        }));
    }

    private void send() {
        due.forEach((sender, numbers) -> transport.send(sender, new Installed(numbers)));
        due.clear();
    }
}
