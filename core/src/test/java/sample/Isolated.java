package sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A loader with GoAway's classes of its own, which finds {@link RecordingProvider} as the runtime: so a test sees a fresh
 * default cluster, and the real runtime is not in the way.
 */
final class Isolated extends ClassLoader {

    private final URL service;

    private Isolated(URL service) {
        super(Isolated.class.getClassLoader());
        this.service = service;
    }

    /** Runs {@code body} in such a loader and returns what it returned. */
    static List<?> run(Path folder, Class<? extends Callable<List<String>>> body) throws Exception {
        Path file = Files.writeString(folder.resolve("service"), RecordingProvider.class.getName());
        Class<?> inside = new Isolated(file.toUri().toURL()).loadClass(body.getName());
        var constructor = inside.getDeclaredConstructor();
        constructor.setAccessible(true);
        return (List<?>) ((Callable<?>) constructor.newInstance()).call();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            return name.startsWith("org.goaway.") || name.startsWith("sample.")
                    ? findClass(name)
                    : super.loadClass(name, resolve);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.startsWith("META-INF/services/org.goaway.")
                ? Collections.enumeration(List.of(service))
                : super.getResources(name);
    }
}
