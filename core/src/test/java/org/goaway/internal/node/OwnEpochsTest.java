package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.Test;

class OwnEpochsTest {

    private final Epoch epoch = Epoch.founding(Set.of(new MemberId(0, 1)));
    private final List<String> told = new ArrayList<>();
    private final OwnEpochs epochs = new OwnEpochs(() -> "n", without -> told.add("out"));

    @Test
    void shouldLetAllPartsLearnThoughOneFails() {
        epochs.learners(List.of(
                known -> told.add("first"),
                known -> {
                    throw new InternalError("meant to be");
                },
                known -> told.add("third " + known.number())));

        epochs.learned(epoch);

        assertThat(told).containsExactly("first", "third 1");
    }

    @Test
    void shouldTellOfAnEpochWithoutThisMember() {
        epochs.outOf(epoch);

        assertThat(told).containsExactly("out");
    }
}
