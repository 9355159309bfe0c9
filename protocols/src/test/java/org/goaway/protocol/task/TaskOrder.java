package org.goaway.protocol.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.goaway.protocol.MemberId;

/** The large jobs that wait at a spawner for each member: no later one may leave before one that waits for the same. */
final class TaskOrder {

    private final Map<MemberId, List<Job>> waiting = new HashMap<>();

    void placed(Job job, MemberId at) {
        if (job.kind() > 0) {
            at(at).add(job);
        }
    }

    private List<Job> at(MemberId member) {
        return waiting.computeIfAbsent(member, any -> new ArrayList<>());
    }

    void gone(Job job, MemberId from) {
        at(from).remove(job);
    }

    /** None waits for the member as it did before. */
    void lost(MemberId member) {
        at(member).clear();
    }

    void leaves(Job job, MemberId to) {
        List<Job> all = at(to);
        int place = all.indexOf(job);
        if (place < 0) {
            return;
        }
        for (Job first : all.subList(0, place)) {
            // one that needs a slot may lack it
            boolean waitsForTheSame = first.unlimited() || !job.unlimited();
            if (first.kind() == job.kind() && waitsForTheSame) {
                throw new AssertionError(job + " passes " + first + " to " + to);
            }
        }
        all.remove(place);
    }
}
