package org.goaway.internal.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Jars within a jar, as Spring Boot packs a program: a class path takes plain files only, so servers get copies. They lie in a
 * folder for temporary files, which only this user can read, until this process ends. Safe for any thread.
 */
final class NestedJars {

    private static final Map<String, Path> COPIES = new HashMap<>();

    private NestedJars() {}

    /**
     * A copy of a jar; the same each time.
     *
     * @param place the jar's URL; where it is an entry of another jar, without the {@code jar:} before it
     * @throws IOException if it cannot be read or written
     */
    static synchronized Path copy(String place) throws IOException {
        Path known = COPIES.get(place);
        if (known != null && Files.exists(known)) { // a long time passes between two starts, and somebody tidies up
            return known;
        }
        Path folder = Files.createTempDirectory("goaway-jars");
        folder.toFile().deleteOnExit();
        Path copy = folder.resolve(place.substring(place.lastIndexOf('/') + 1));
        copy.toFile().deleteOnExit();
        URL url = new URL(place.contains(ServerClassPath.ENTRY) ? ServerClassPath.JAR + place : place);
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            Files.copy(in, copy);
        }
        COPIES.put(place, copy);
        return copy;
    }
}
