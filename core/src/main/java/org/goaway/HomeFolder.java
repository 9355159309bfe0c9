package org.goaway;

import java.io.File;
import java.nio.file.Path;

/** Paths as a shell reads them: a leading {@code ~/} is the user's home folder. No shell reads those of a configuration. */
final class HomeFolder {

    private HomeFolder() {}

    static String expand(String path) {
        return path.startsWith("~/") || path.startsWith("~" + File.separator)
                ? System.getProperty("user.home") + path.substring(1)
                : path;
    }

    static Path expand(Path path) {
        String written = path.toString();
        String expanded = expand(written);
        return expanded.equals(written) ? path : Path.of(expanded);
    }
}
