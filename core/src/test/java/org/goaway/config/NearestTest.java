package org.goaway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    @ParameterizedTest
    @CsvSource({
        "timeout, timeout, 0, true",
        "timeuot, timeout, 1, true",
        "timeot, timeout, 1, true",
        "tmeoutt, timeout, 2, true",
        "cluter, cluster, 1, true",
        "home, role, 2, false",
        "seeds, role, 5, false",
    })
    void shouldFindTheNameThatTakesTheFewestChanges(String unknown, String name, int distance, boolean close) {
        Nearest nearest = Nearest.of(unknown, List.of("cluster", "timeout", "role"));

        assertThat(nearest).isEqualTo(new Nearest(name, distance));
        assertThat(nearest.isClose()).isEqualTo(close);
    }
}
