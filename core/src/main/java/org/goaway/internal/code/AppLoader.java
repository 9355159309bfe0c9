package org.goaway.internal.code;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.wire.value.CorruptException;

/**
 * Loads one application's classes at a member that is not its origin. Java's classes come from this Java, GoAway's from
 * the node (its log4j backend is defined here anew), all others from the origin; so an application never meets the libraries that the node itself uses, and two
 * applications (or two runs of one) never share statics. Safe for any thread.
 */
final class AppLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final Logger LOG = LogManager.getLogger(AppLoader.class);

    /** The class file version of Java {@code n} is this much more (JVMS 4.1). */
    private static final int VERSION_OFFSET = 44;

    private final CodeVersion version;
    private final String origin;
    private final AppFiles files;
    private final ClassLoader node;
    private final JavaClasses javaClasses;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    AppLoader(CodeVersion version, String origin, AppFiles files, ClassLoader node, JavaClasses javaClasses) {
        super("application " + version, ClassLoader.getPlatformClassLoader());
        this.version = version;
        this.origin = origin;
        this.files = files;
        this.node = node;
        this.javaClasses = javaClasses;
    }

    CodeVersion version() {
        return version;
    }

    /** Which file the thread waits for; null: none. */
    String waiting(Thread thread) {
        return files.waiting(thread);
    }

    /** What the program's member says of a lambda that it has numbered; null: it has none of this number. */
    byte[] lambda(int number) {
        try {
            List<byte[]> found = files.get(Origin.LAMBDA + number);
            return found.isEmpty() ? null : found.get(0);
        } catch (MissingClassException e) {
            throw new CorruptException("what the lambda " + number + " of " + version + " is: " + e.getMessage(), e);
        }
    }

    /** Whether its program has ended. */
    boolean isClosed() {
        return files.isClosed();
    }

    void close(String reason) {
        files.close(reason);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!NodeClasses.contain(name) || NodeClasses.areCopied(name)) {
            return super.loadClass(name, resolve);
        }
        try {
            return node.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new MissingClassException(
                    "class " + name
                            + " cannot be had: GoAway has no such class, and each node takes its package from its"
                            + " own copy of GoAway. If it is a class of your program, rename the package",
                    e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Class<?> javas = javaClasses.find(name);
        if (javas != null) {
            return javas;
        }
        String path = name.replace('.', '/') + ".class";
        byte[] bytes = NodeClasses.areCopied(name) ? ofNode(path) : files.takeClass(path);
        if (bytes == null) {
            throw new MissingClassException("class " + name + " cannot be had: the class loader of the program at "
                    + origin + ", where it was started, has no such class. Put it on the class path there, or"
                    + " name its jar or folder under 'filepaths' in the configuration");
        }
        refuseNewer(name, bytes);
        definePackageOf(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] ofNode(String path) throws MissingClassException {
        try (InputStream in = node.getResourceAsStream(path)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new MissingClassException("GoAway's own " + path + " could not be read: " + e);
        }
    }

    private void refuseNewer(String name, byte[] bytes) {
        int major = bytes.length < 8 ? 0 : ((bytes[6] & 0xff) << 8) | (bytes[7] & 0xff);
        int here = Runtime.version().feature();
        if (major - VERSION_OFFSET > here) {
            throw new UnsupportedClassVersionError(
                    "class " + name + " as the program has it is for Java " + (major - VERSION_OFFSET)
                            + ", but this member runs Java " + here + ": run the servers with a newer Java (key 'java')"
                            + " or the program with Java " + here + ", as a library's jar may have a class for each;"
                            + " compile classes of your own with --release " + here);
        }
    }

    private void definePackageOf(String name) {
        int end = name.lastIndexOf('.');
        String packageName = end < 0 ? "" : name.substring(0, end);
        if (end >= 0 && getDefinedPackage(packageName) == null) {
            try {
                definePackage(packageName, null, null, null, null, null, null, null);
            } catch (IllegalArgumentException e) {
                // Another thread defined it since we looked; that is what was wanted.
                assert getDefinedPackage(packageName) != null : e;
            }
        }
    }

    /** Absent to the caller, who can be told no more, is also what the origin has but does not give: then it is logged. */
    @Override
    protected URL findResource(String path) {
        try {
            List<URL> all = find(path);
            return all.isEmpty() ? null : all.get(0);
        } catch (MissingClassException e) {
            if (!isClosed() && refused.add(path)) {
                LOG.warn("the program is told that there is no such resource: {}", e.getMessage());
            }
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String path) throws IOException {
        try {
            return Collections.enumeration(find(path));
        } catch (MissingClassException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private List<URL> find(String path) throws MissingClassException {
        byte[] instead = NodeClasses.inPlaceOf(path);
        if (instead != null) {
            return List.of(MemoryUrl.of(path, 0, instead));
        }
        if (NodeClasses.containPath(path)) {
            return List.of();
        }
        List<URL> urls = new ArrayList<>();
        for (byte[] bytes : files.get(path)) {
            urls.add(MemoryUrl.of(path, urls.size(), bytes));
        }
        return urls;
    }
}
