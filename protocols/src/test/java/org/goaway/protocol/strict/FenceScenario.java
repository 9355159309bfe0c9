package org.goaway.protocol.strict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Fence;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.kit.ShortNumbers;

/**
 * Writes under two locks reach two objects late and out of order, and the state moves to another voter by a snapshot now and
 * then. A write counts unless its object has seen a higher token of the same lock; one that is refused changes nothing.
 */
final class FenceScenario {

    private static final int STEPS = 60;
    private static final MemberId CLIENT = new MemberId(0, 1);

    /** Names what tokens are compared for. */
    private record Pair(ObjectId object, ObjectId lock) {}

    private final Random random;
    private final ShortNumbers numbers = new ShortNumbers();
    private final Supplier<Fences> fences;
    private final UnaryOperator<StrictPiece> snapshot;
    private final Map<Pair, Long> highest = new HashMap<>();
    private final Map<ObjectId, Long> sums = new HashMap<>();
    private StrictState state;

    private FenceScenario(long seed, Supplier<Fences> fences, UnaryOperator<StrictPiece> snapshot) {
        this.random = new Random(seed);
        this.fences = fences;
        this.snapshot = snapshot;
        this.state = new StrictState(numbers, fences.get());
    }

    /**
     * Runs one seed.
     *
     * @param fences makes the part under test
     * @param snapshot what becomes of a piece of a snapshot; null: it is left out
     */
    static void run(Seeds.Run run, Supplier<Fences> fences, UnaryOperator<StrictPiece> snapshot) {
        new FenceScenario(run.seed(), fences, snapshot).run();
    }

    private void run() {
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(10) == 0) {
                move();
            }
            write(new ObjectId(ObjectId.Kind.STRICT, "o" + random.nextInt(2)), step);
        }
    }

    private void write(ObjectId object, int step) {
        ObjectId lock = new ObjectId(ObjectId.Kind.LOCK, "l" + random.nextInt(2));
        long token = Math.max(1, step + random.nextInt(8) - 6);
        Fence fence = random.nextInt(5) == 0 ? null : new Fence(lock, token);
        Pair pair = new Pair(object, lock);
        boolean stale = fence != null && token < highest.getOrDefault(pair, 0L);
        Answer answer =
                (Answer) state.apply(CLIENT, new StrictCommand.Operate(object, new Operation.Add("f", token), fence));
        if (stale) {
            require(answer.result() == Answer.Result.STALE_TOKEN, "not refused: " + fence + " after " + highest);
            require(answer.version().count() == highest.get(pair), "another highest token: " + answer);
        } else {
            require(answer.result() == Answer.Result.DONE, "refused: " + fence + " after " + highest);
            sums.merge(object, token, Long::sum);
            if (fence != null) {
                highest.put(pair, token);
            }
        }
        Answer now = (Answer) state.apply(CLIENT, new StrictCommand.Get(object, "f"));
        long sum = now.value() == null ? 0 : numbers.read(now.value()).orElseThrow();
        require(sum == sums.getOrDefault(object, 0L), "the sum is " + sum + ", not " + sums.get(object));
    }

    private void move() {
        List<StrictPiece> pieces = new ArrayList<>();
        state.writeTo(pieces::add);
        state = new StrictState(numbers, fences.get());
        pieces.stream().map(snapshot).filter(piece -> piece != null).forEach(state::read);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
