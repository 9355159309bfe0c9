package org.goaway.internal.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import org.goaway.FieldViewTest;
import org.junit.jupiter.api.Test;

/** Views that are visible to their own package only, which is not that of GoAway. */
class ForeignViewTest {

    private final Counter counter = new FieldViewTest.Fields(new HashMap<>()).as(Counter.class);

    @Test
    void shouldRunDefaultMethodsOfPackagePrivateInterface() {
        counter.add(2);
        counter.add(3);

        assertThat(counter.done()).isEqualTo(5);
        assertThat(counter.isStarted()).isTrue();
    }

    interface Counter {
        long done();

        void done(Long value);

        default void add(long more) {
            done(done() + more);
        }

        default boolean isStarted() {
            return done() > 0;
        }
    }
}
