package org.goaway.protocol.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.coordination.CoordinationCommand.Sync;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final int MANY = 20_000;
    private static final MemberId MEMBER = new MemberId(0, 1);

    private final Places places = new Places();

    /** Counts the passes over its queue. */
    private static final class Counting extends Semaphore {
        private int passes;

        Counting(Places places) {
            super("s", 1, places);
        }

        @Override
        public ToLongFunction<Place> standings() {
            passes++;
            return super.standings();
        }
    }

    @Test
    void shouldTellHowManyPlacesStandByOnePassOverTheQueue() {
        Counting semaphore = new Counting(places);
        for (long number = 0; number <= MANY; number++) {
            semaphore.acquire(new Place(MEMBER, number), true);
        }
        Set<Long> open = LongStream.rangeClosed(1, MANY).boxed().collect(Collectors.toSet());
        List<Waits> waiting =
                places.sync(MEMBER, new Sync(MANY, open, Set.of())).waiting();
        assertThat(waiting)
                .hasSize(MANY)
                .allSatisfy(waits -> assertThat(waits.standing()).isEqualTo(waits.place() - 1));
        assertThat(semaphore.passes).isEqualTo(1);
    }
}
