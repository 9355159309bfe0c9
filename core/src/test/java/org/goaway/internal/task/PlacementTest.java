package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.goaway.internal.task.TaskHost.TaskMember;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final TaskMember SMALL = member(1, 1);
    private static final TaskMember OTHER = member(2, 1);
    private static final TaskMember LARGE = member(3, 2);

    private final Placement placement = new Placement(() -> List.of(SMALL, OTHER, LARGE), 0);

    private static TaskMember member(long id, int processors) {
        MemberId member = new MemberId(0, id);
        return new TaskMember(member, new TaskCluster.Named(member, "m" + id, false), processors, 4 * processors, true);
    }

    private List<TaskMember> place(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> placement.place(any -> true))
                .toList();
    }

    @Test
    void shouldGoRoundWhereLoadsAreEqual() {
        assertThat(place(3)).containsExactly(SMALL, OTHER, LARGE);
    }

    @Test
    void shouldWeighByProcessors() {
        assertThat(place(8)).filteredOn(LARGE::equals).hasSize(4);
    }

    @Test
    void shouldPreferMemberWhoseTasksHaveEnded() {
        place(8);
        placement.ended(OTHER.id());

        assertThat(place(1)).containsExactly(OTHER);
    }

    @Test
    void shouldPlaceNowhereWhenNobodyIsEligible() {
        assertThat(placement.place(any -> false)).isNull();
    }
}
