package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    void shouldEncodeAndDecode() {
        assertThatCode(() -> Rehearsal.run(new Bound(null))).doesNotThrowAnyException();
    }
}
