package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class JacobiIT {

    @Test
    void shouldSpreadAndPaintTheHeatAsOneThreadDoes(@TempDir Path folder) throws IOException {
        Path image = folder.resolve("heat.png");
        try (Program program = jacobi(image, "--nodes", "2", "--size", "100", "--rounds", "50", "--compare")) {
            var ended = program.ends().well().leavingNoneOf(2);

            assertThat(ended.lines()).hasSize(5).startsWith("2 strips on 2 servers");
            assertThat(ended.lines().get(1)).matches("time \\d+\\.\\d+ s");
            assertThat(ended.lines().get(2)).isEqualTo("painted " + image);
            assertThat(ended.lines().get(3)).isEqualTo("the same as by one thread");
            assertThat(ended.lines().get(4)).matches("time without GoAway on \\d+ threads: \\d+\\.\\d+ s");
            assertThat(ended.err()).contains("rounds [" + "=".repeat(50) + "]");
        }
        assertThat(ImageIO.read(image.toFile()).getWidth()).isEqualTo(100);
    }

    @Test
    void shouldLetMoreStripsThanServersMeetAfterEveryRound(@TempDir Path folder) {
        Path image = folder.resolve("heat.png");
        String[] options = {"--nodes", "1", "--workers", "3", "--size", "30", "--rounds", "20", "--depth", "1"};
        try (Program program = jacobi(image, options)) {
            assertThat(program.ends().well().leavingNoneOf(1).lines())
                    .startsWith("3 strips on 1 servers")
                    .contains("the same as by one thread");
        }
    }

    @Test
    void shouldRefuseStripsThinnerThanTheDepthWithStatus2(@TempDir Path folder) {
        try (Program program = jacobi(folder.resolve("none.png"), "--size", "20", "--workers", "3", "--depth", "8")) {
            assertThat(program.ends().with(2).leavingNoneOf(0).err()).contains("3 strips", "Usage: jacobi");
        }
    }

    private static Program jacobi(Path image, String... options) {
        String[] all = new String[options.length + 4];
        all[0] = "example";
        all[1] = "jacobi";
        all[2] = "--image";
        all[3] = image.toString();
        System.arraycopy(options, 0, all, 4, options.length);
        return Program.goaway(all);
    }
}
