package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripTest {

    @ParameterizedTest
    @CsvSource({
        "3, 1, 1, 1",
        "20, 9, 1, 4",
        "20, 9, 2, 1",
        "20, 9, 2, 4",
        "20, 12, 3, 6",
        "21, 11, 4, 3",
        "50, 100, 5, 7"
    })
    void shouldDoWhatOneThreadDoesHoweverThePlateIsCut(int size, int rounds, int count, int depth) {
        Plate plate = new Plate(size);
        Strip[] strips = IntStream.range(0, count)
                .mapToObj(index -> new Strip(plate, index, count, depth))
                .toArray(Strip[]::new);

        for (int done = 0; done < rounds; done += depth) {
            int some = Math.min(depth, rounds - done);
            Edges edges = new Edges(strips);
            Arrays.stream(strips).forEach(strip -> strip.relaxInside(some));
            edges.deliver();
            Arrays.stream(strips).forEach(strip -> strip.relaxEdges(some));
        }

        double[] expected = new PlainJacobi(plate, rounds, 1).run().cells();
        double[] found = Arrays.stream(strips)
                .flatMapToDouble(strip -> DoubleStream.of(strip.rows()))
                .toArray();
        assertThat(found).isEqualTo(Arrays.copyOfRange(expected, size, expected.length - size));
    }

    /** What neighbours give each other; it arrives after they have gone on. */
    private static final class Edges {

        private final Strip[] strips;
        private final double[][] tops;
        private final double[][] bottoms;

        Edges(Strip[] strips) {
            this.strips = strips;
            this.tops = new double[strips.length][strips[0].edgeCells()];
            this.bottoms = new double[strips.length][strips[0].edgeCells()];
            for (int i = 0; i + 1 < strips.length; i++) {
                strips[i].bottom(bottoms[i]);
                strips[i + 1].top(tops[i + 1]);
            }
        }

        void deliver() {
            for (int i = 0; i + 1 < strips.length; i++) {
                strips[i].below(tops[i + 1]);
                strips[i + 1].above(bottoms[i]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 1", "40, 17", "40, 18"})
    void shouldDoOnSeveralThreadsWhatOneDoes(int size, int rounds) {
        Plate plate = new Plate(size);

        assertThat(new PlainJacobi(plate, rounds, 3).run().cells())
                .isEqualTo(new PlainJacobi(plate, rounds, 1).run().cells());
    }
}
