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
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

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

    /**
     * Packs a program as Spring Boot's build plugins do: the classes of its loader, which starts the program, and the
     * program's own and the libraries below {@code BOOT-INF}, each library as a jar that is stored and not compressed.
     */
    public static Path packForBoot(Path jar, Path loader, Path program, List<Path> libraries, String mainClass) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try {
            readJar(loader, files);
            Map<String, byte[]> classes = new LinkedHashMap<>();
            readFolder(program, classes);
            classes.forEach((name, content) -> files.put("BOOT-INF/classes/" + name, content));
            for (Path library : libraries) {
                Path packed = Files.isDirectory(library)
                        ? pack(jar.resolveSibling(library.getParent().getFileName() + ".jar"), List.of(library))
                        : library;
                files.put("BOOT-INF/lib/" + packed.getFileName(), Files.readAllBytes(packed));
            }
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes()
                    .put(Attributes.Name.MAIN_CLASS, "org.springframework.boot.loader.launch.JarLauncher");
            manifest.getMainAttributes().putValue("Start-Class", mainClass);
            manifest.getMainAttributes().putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
            manifest.getMainAttributes().putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                out.putNextEntry(new JarEntry("BOOT-INF/classes/"));
                out.putNextEntry(new JarEntry("BOOT-INF/lib/"));
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    out.putNextEntry(stored(file.getKey(), file.getValue()));
                    out.write(file.getValue());
                    out.closeEntry();
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JarEntry stored(String name, byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        JarEntry entry = new JarEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        return entry;
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
