package org.goaway.protocol.kit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.goaway.protocol.kit.History.Call;

/** Decides whether a history is linearizable (Herlihy and Wing, 1990): see {@link Linearization} for how. */
public final class LinearizabilityChecker {

    private static final int STATES_TOLD = 12;

    /**
     * Why a key's calls are not linearizable.
     *
     * @param calls the shortest part of the history that shows it: its last event is the return that fits nowhere
     * @param unplaced the call of that return
     * @param states some of the states in which the object can have been just before that return
     */
    public record Violation(List<Call> calls, Call unplaced, Set<?> states) {}

    private LinearizabilityChecker() {}

    /** Fails with the timeline of the first key that is not linearizable. */
    public static <S> void assertLinearizable(History history, Model<S> model) {
        violation(history, model).ifPresent(violation -> {
            throw new AssertionError(Timeline.of(violation));
        });
    }

    /** The first key's violation; empty if the history is linearizable. */
    public static <S> Optional<Violation> violation(History history, Model<S> model) {
        return history.byKey().stream()
                .filter(calls -> !new Linearization<>(model, calls).exists())
                .findFirst()
                .map(calls -> shortest(model, calls));
    }

    /** What is linearizable stays so when its end is cut off, so the shortest bad prefix can be found by halving. */
    private static <S> Violation shortest(Model<S> model, List<Call> calls) {
        List<Call> returns = calls.stream()
                .filter(call -> call.ended() != Long.MAX_VALUE)
                .sorted(java.util.Comparator.comparingLong(Call::ended))
                .toList();
        int good = -1;
        int bad = returns.size() - 1;
        while (bad - good > 1) {
            int middle = (good + bad) >>> 1;
            if (new Linearization<>(model, prefix(calls, returns.get(middle).ended() + 1)).exists()) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        Call unplaced = returns.get(bad);
        Set<S> states = new Linearization<>(model, prefix(calls, unplaced.ended())).finalStates(STATES_TOLD);
        return new Violation(prefix(calls, unplaced.ended() + 1), unplaced, states);
    }

    /** The calls as they were known just before the event {@code limit}. */
    private static List<Call> prefix(List<Call> calls, long limit) {
        return calls.stream()
                .filter(call -> call.called() < limit)
                .map(call -> call.before(limit))
                .toList();
    }
}
