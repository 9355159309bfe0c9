package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {

    @Test
    void shouldPaintFromBlackOverRedAndYellowToWhite(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("some.png");

        Picture.write(new Plate(2), new double[] {0, Plate.HOT / 3, Plate.HOT * 2 / 3, Plate.HOT}, file);

        var image = ImageIO.read(file.toFile());
        assertThat(image.getRGB(0, 0, 2, 2, null, 0, 2))
                .containsExactly(0xff000000, 0xffff0000, 0xffffff00, 0xffffffff);
    }
}
