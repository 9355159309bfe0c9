package org.goaway.usage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Packs classes as build tools do. */
public final class Jars {

    private Jars() {}

    /**
     * Packs folders and jars into one jar. Of files of the same path the first is kept, but for service files, which are
     * joined: what the shade plugin's ServicesResourceTransformer does.
     */
    public static Path pack(Path jar, List<Path> from) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try {
            for (Path place : from) {
                if (Files.isDirectory(place)) {
                    readFolder(place, files);
                } else {
                    readJar(place, files);
                }
            }
            Files.createDirectories(jar.getParent());
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    out.putNextEntry(new JarEntry(file.getKey()));
                    out.write(file.getValue());
                    out.closeEntry();
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readFolder(Path folder, Map<String, byte[]> files) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                add(name, Files.readAllBytes(file), files);
            }
        }
    }

    private static void readJar(Path jar, Map<String, byte[]> files) throws IOException {
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(jar));
                JarInputStream entries = new JarInputStream(in)) {
            for (JarEntry entry = entries.getNextJarEntry(); entry != null; entry = entries.getNextJarEntry()) {
                if (!entry.isDirectory() && !entry.getName().endsWith("module-info.class")) {
                    add(entry.getName(), entries.readAllBytes(), files);
                }
            }
        }
    }

    private static void add(String name, byte[] content, Map<String, byte[]> files) throws IOException {
        byte[] before = files.putIfAbsent(name, content);
        if (before != null && name.startsWith("META-INF/services/")) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            joined.write(before);
            joined.write('\n');
            joined.write(content);
            files.put(name, joined.toByteArray());
        }
    }
}
