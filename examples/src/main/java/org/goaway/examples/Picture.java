package org.goaway.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Temperatures as a picture: from black over red and yellow to white. */
final class Picture {

    private Picture() {}

    /** Writes the cells of a whole plate as PNG. */
    static void write(Plate plate, double[] cells, Path file) throws IOException {
        int size = plate.size();
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < cells.length; i++) {
            image.setRGB(i % size, i / size, colour(cells[i] / Plate.HOT));
        }
        try (var out = Files.newOutputStream(file)) {
            ImageIO.write(image, "png", out);
        }
    }

    private static int colour(double warmth) {
        return part(warmth) << 16 | part(warmth - 1 / 3.0) << 8 | part(warmth - 2 / 3.0);
    }

    private static int part(double warmth) {
        return (int) Math.round(255 * Math.min(1, Math.max(0, 3 * warmth)));
    }
}
