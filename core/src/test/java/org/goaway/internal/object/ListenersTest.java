package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.goaway.ClusterClosedException;
import org.goaway.Registration;
import org.goaway.internal.cluster.link.Warnings;
import org.goaway.protocol.ObjectId;
import org.junit.jupiter.api.Test;

/** What listeners hear of a cluster that is being closed: what was before that. */
class ListenersTest {

    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.WEAK, "o");
    private static final ObjectId LOCK = new ObjectId(ObjectId.Kind.LOCK, "l");

    private final Queue<Runnable> callbacks = new ArrayDeque<>();
    private final Listeners listeners = new Listeners(callbacks::add);
    private final Values program = new TextValues().application();
    private final List<Object> told = new ArrayList<>();

    @Test
    void shouldTellWhatWasBeforeItIsClosedAndNothingMore() {
        var unused = listeners.add(OBJECT, "x", program, told::add);
        var unusedToo = listeners.add(OBJECT, "y", program, told::add);
        Registration ofLoss = listeners.losses().add(LOCK, program, () -> told.add("lost"));
        listeners.changed(OBJECT, "x", program.encode(OBJECT, "x", 1));
        listeners.close();
        listeners.changed(OBJECT, "y", program.encode(OBJECT, "y", 2));
        listeners.losses().tell(LOCK);

        callbacks.forEach(Runnable::run);
        assertThat(told).containsExactly(1);
        ofLoss.close();
    }

    @Test
    void shouldNotWarnOfWhatFailsSinceItWasClosedMeanwhile() throws Exception {
        var unused = listeners.add(OBJECT, "x", program, value -> {
            listeners.close();
            throw new ClusterClosedException("as whatever it calls now");
        });
        listeners.changed(OBJECT, "x", program.encode(OBJECT, "x", 1));
        try (Warnings warnings = new Warnings(Listeners.class)) {
            callbacks.remove().run();
            assertThat(warnings.next(Duration.ZERO)).isNull();
        }
    }
}
