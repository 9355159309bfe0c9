package org.goaway.internal.wire.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.goaway.internal.wire.value.Refusal;
import org.junit.jupiter.api.Test;

class ArrayFormTest {

    @Test
    void shouldRefuseAnArrayOfMoreBytesThanAnIntCounts() {
        assertThat(ArrayForm.size(double[].class, 1000, 8)).isEqualTo(8001);
        assertThatThrownBy(() -> ArrayForm.size(double[].class, 1 << 28, 8))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.toException())
                                .hasMessageContaining("cannot ship a double[] at: value; ")
                                .hasMessageContaining("268,435,456 elements take 2,147,483,649 bytes"));
    }
}
