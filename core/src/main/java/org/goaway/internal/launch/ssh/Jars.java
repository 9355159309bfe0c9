package org.goaway.internal.launch.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.goaway.GoAwayException;

/**
 * The jars of a class path under the names that they have on other machines, which their contents give: what is there already is
 * never copied again. A folder of classes becomes a jar, the same one from the same classes. The latest class path is remembered,
 * for machines that are started beside each other. Safe for any thread.
 */
final class Jars {

    /** Of no matter; the earliest that a jar can have. */
    private static final long TIME = 315_619_200_000L;

    private List<Path> of = List.of();
    private Map<String, byte[]> named = Map.of();

    /** Name and content of each, in the order of the class path. */
    synchronized Map<String, byte[]> of(List<Path> classPath) {
        if (!classPath.equals(of)) {
            Map<String, byte[]> jars = new LinkedHashMap<>();
            for (Path place : classPath) {
                byte[] content = content(place);
                jars.put(hash(content) + ".jar", content);
            }
            of = List.copyOf(classPath);
            named = jars;
        }
        return named;
    }

    private static byte[] content(Path place) {
        try {
            return Files.isDirectory(place) ? packed(place) : Files.readAllBytes(place);
        } catch (IOException e) {
            throw new GoAwayException("cannot read " + place + ": " + e.getMessage(), e);
        }
    }

    private static byte[] packed(Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Stream<Path> walk = Files.walk(folder);
                ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry = new ZipEntry(folder.relativize(file).toString().replace('\\', '/'));
                entry.setTime(TIME);
                zip.putNextEntry(entry);
                Files.copy(file, zip);
            }
        }
        return bytes.toByteArray();
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
