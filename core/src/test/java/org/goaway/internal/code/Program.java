package org.goaway.internal.code;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A program of a test: compiled in memory, and loaded in the ways in which programs are started. */
public final class Program {

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /** Adds a class; {@code name} has dots. */
    public Program with(String name, String source) {
        sources.put(name, source);
        return this;
    }

    /** Adds a resource. */
    public Program withFile(String path, String text) {
        return withFile(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Program withFile(String path, byte[] bytes) {
        files.put(path, bytes);
        return this;
    }

    /** Compiles what was added. */
    public Program compile() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, source) -> units.add(new Source(name, source)));
        JavaFileManager manager =
                new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                        return new Output(name, classes.computeIfAbsent(name, any -> new ByteArrayOutputStream()));
                    }
                };
        List<String> options = List.of("--release", "17", "-proc:none", "-cp", System.getProperty("java.class.path"));
        if (!compiler.getTask(null, manager, null, options, null, units).call()) {
            throw new AssertionError("the test's program does not compile");
        }
        classes.forEach((name, bytes) -> files.put(name.replace('.', '/') + ".class", bytes.toByteArray()));
        return this;
    }

    byte[] file(String path) {
        return files.get(path);
    }

    /** Loads it like {@code java File.java} does: from memory. */
    public ClassLoader inMemory() {
        return new MemoryLoader(files);
    }

    /** Loads it from folders, as an IDE does. */
    ClassLoader inFolder(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path at = folder.resolve(file.getKey());
            Files.createDirectories(at.getParent());
            Files.write(at, file.getValue());
        }
        return loader(folder);
    }

    /** Loads it from a jar. */
    ClassLoader inJar(Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                entries.putNextEntry(new JarEntry(file.getKey()));
                entries.write(file.getValue());
            }
        }
        return loader(jar);
    }

    private static ClassLoader loader(Path path) throws IOException {
        return new URLClassLoader(new URL[] {path.toUri().toURL()}, Program.class.getClassLoader());
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return text;
        }
    }

    private static final class Output extends SimpleJavaFileObject {
        private final ByteArrayOutputStream out;

        Output(String name, ByteArrayOutputStream out) {
            super(URI.create("bytes:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
            this.out = out;
        }

        @Override
        public OutputStream openOutputStream() {
            return out;
        }
    }

    /** Has its classes in memory only, and no addresses for them. */
    private static final class MemoryLoader extends ClassLoader {
        private final Map<String, byte[]> files;

        MemoryLoader(Map<String, byte[]> files) {
            super(Program.class.getClassLoader());
            this.files = files;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = files.get(name.replace('.', '/') + ".class");
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        public InputStream getResourceAsStream(String path) {
            byte[] bytes = files.get(path);
            return bytes == null ? super.getResourceAsStream(path) : new ByteArrayInputStream(bytes);
        }
    }
}
