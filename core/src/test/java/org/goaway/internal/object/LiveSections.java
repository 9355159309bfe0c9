package org.goaway.internal.object;

import java.util.function.Consumer;
import org.goaway.Held;
import org.goaway.UpdateOnRelease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** An object of three members: what one sets, a section of another changes in place. */
@Timeout(60)
abstract class LiveSections {

    final InMemoryNodes nodes = new InMemoryNodes(3);
    final UpdateOnRelease here = nodes.node(0).live("r");
    final UpdateOnRelease there = nodes.node(1).live("r");

    @AfterEach
    void close() {
        nodes.close();
    }

    void set(Object value) {
        try (Held held = here.acquire()) {
            here.set("x", value);
        }
    }

    @SuppressWarnings("unchecked") // the tests know what they set
    <T> void change(Consumer<T> change) {
        try (Held held = there.acquire()) {
            change.accept((T) there.get("x"));
        }
        there.flush();
    }
}
