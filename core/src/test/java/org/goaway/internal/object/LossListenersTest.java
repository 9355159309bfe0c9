package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.goaway.Registration;
import org.goaway.protocol.ObjectId;
import org.junit.jupiter.api.Test;

class LossListenersTest {

    private static final ObjectId LOCK = new ObjectId(ObjectId.Kind.LOCK, "b");

    private final Queue<Runnable> callbacks = new ArrayDeque<>();
    private final LossListeners listeners = new LossListeners(callbacks::add);
    private final Values program = new TextValues().application();
    private final List<String> told = new ArrayList<>();

    @Test
    void shouldStartNoCallOnceTheRegistrationIsClosed() {
        Registration closed = listeners.add(LOCK, program, () -> told.add("closed"));
        Registration open = listeners.add(LOCK, program, () -> told.add("open"));
        listeners.tell(LOCK);
        closed.close();

        callbacks.forEach(Runnable::run);

        assertThat(told).containsExactly("open");
        open.close();
    }

    @Test
    void shouldStartNoCallOnceTheProgramHasEnded() {
        Registration unused = listeners.add(LOCK, program, () -> told.add("ended"));
        listeners.tell(LOCK);
        listeners.forget(program);

        callbacks.forEach(Runnable::run);

        assertThat(told).isEmpty();
    }
}
