package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.goaway.GoAwayException;
import org.goaway.TaskGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Groups whose handing out an Error breaks off. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BrokenGroupTest {

    private final TaskCluster cluster = new TaskCluster(2, 1);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldEndTheTaskThatCouldNotBeHandedOut() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        cluster.node(0).onLookUp(() -> {
            boolean handsOut = Thread.currentThread().getName().startsWith("goaway-callback");
            if (handsOut && broken.compareAndSet(false, true)) {
                throw new InternalError("meant to be");
            }
        });

        TaskGroup<Integer> group = cluster.spawner().map(List.of(1, 2, 3, 4), i -> i);

        assertThatThrownBy(group::join)
                .isInstanceOf(GoAwayException.class)
                .hasMessageContaining("may not have been started", "meant to be");
        assertThat(broken).isTrue();
    }
}
