package org.goaway.protocol.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void shouldBeAsASet() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Numbers numbers = new Numbers();
            Set<Long> model = new HashSet<>();
            for (int step = 0; step < 60; step++) {
                long number = 1L + random.nextInt(40);
                if (random.nextInt(10) == 0) {
                    numbers.addBelow(number);
                    for (long below = 1; below < number; below++) {
                        model.add(below);
                    }
                } else {
                    numbers.add(number);
                    model.add(number);
                }
                for (long any = 0; any < 45; any++) {
                    assertThat(numbers.contains(any))
                            .as("%d in step %d of seed %d", any, step, seed)
                            .isEqualTo(model.contains(any));
                }
            }
        }
    }

    @Test
    void shouldTakeOneRangeForNumbersWithoutGaps() {
        Numbers numbers = new Numbers();
        for (long number = 1000; number > 0; number -= 2) {
            numbers.add(number);
        }
        assertThat(numbers.ranges()).isEqualTo(500);
        for (long number = 1; number < 1000; number += 2) {
            numbers.add(number);
        }
        assertThat(numbers.ranges()).isEqualTo(1);
    }
}
