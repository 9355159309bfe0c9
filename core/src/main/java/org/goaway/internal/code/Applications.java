package org.goaway.internal.code;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.ClusterClosedException;
import org.goaway.GoAwayException;
import org.goaway.internal.wire.Codec;
import org.goaway.metrics.CodeMXBean;
import org.goaway.protocol.MemberId;

/**
 * The applications that a member knows: those that were started here, whose files it serves to others, and those of other
 * members, whose files it fetches. Safe for any thread. Files are read on threads of its own, since an application's
 * loader may run the application's code.
 */
public final class Applications implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(Applications.class);

    private static final int THREADS = 2;

    private final MemberId self;
    private final Requests requests;
    private final Function<ClassLoader, Codec> codecs;
    private final CodeCache cache;
    private final Function<MemberId, String> names;
    private final URLClassLoader extra;
    private final ClassLoader node = Applications.class.getClassLoader();
    private final JavaClasses javaClasses = new JavaClasses();
    private final Map<CodeVersion, Application> byVersion = new ConcurrentHashMap<>();
    private final Map<ClassLoader, Application> byLoader = new ConcurrentHashMap<>();
    private final Map<Long, Origin> origins = new ConcurrentHashMap<>();
    private final Set<MemberId> gone = ConcurrentHashMap.newKeySet();
    private final AtomicInteger threads = new AtomicInteger();
    private final CodeFigures figures = new CodeFigures();
    private final ThreadPoolExecutor readers;
    private long last;
    private volatile boolean closed;

    /**
     * @param codecs makes the codec of an application's loader
     * @param cache shared by all nodes of this process
     * @param names what people call a member
     * @param filepaths further jars and folders whose classes may be shipped
     */
    public Applications(
            MemberId self,
            Requests requests,
            Function<ClassLoader, Codec> codecs,
            CodeCache cache,
            Function<MemberId, String> names,
            List<Path> filepaths) {
        this.self = self;
        this.names = names;
        this.requests = requests;
        this.codecs = codecs;
        this.cache = cache;
        this.extra = filepaths.isEmpty()
                ? null
                : new URLClassLoader(
                        filepaths.stream().map(Applications::url).toArray(URL[]::new),
                        ClassLoader.getPlatformClassLoader());
        this.readers = new ThreadPoolExecutor(
                THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::newReader);
        readers.allowCoreThreadTimeOut(true);
    }

    /**
     * The application whose classes {@code loader} has; null stands for Java's own loader.
     *
     * @throws ClusterClosedException if it is the loader of a program that has ended
     */
    public Application of(ClassLoader loader) {
        if (loader instanceof AppLoader appLoader) {
            Application known = byVersion.get(appLoader.version());
            if (known != null && known.loader() == loader) {
                return known;
            }
        }
        Application.refuseEnded(loader);
        return byLoader.computeIfAbsent(loader == null ? node : loader, this::register);
    }

    /**
     * The application of this version.
     *
     * @throws GoAwayException if its origin has left
     */
    public Application of(CodeVersion version) {
        Application known = byVersion.get(version);
        if (known != null) {
            return known;
        }
        refuseEnded(version);
        Application made = byVersion.computeIfAbsent(version, this::fetched);
        if (gone.contains(version.origin()) || closed) {
            close(version);
        }
        refuseEnded(version);
        return made;
    }

    /** What can be told of what was fetched and served, in numbers. */
    public CodeMXBean figures() {
        return figures;
    }

    /** Answers a member that lacks a file; a handler of the event loop, so it only hands on. */
    public CompletableFuture<FetchedFiles> onFetchFiles(MemberId from, FetchFiles request) {
        return CompletableFuture.supplyAsync(() -> serve(from, request), readers);
    }

    /** Forgets one application: fetches that wait end at once, and nothing here keeps its loader any more. */
    public void close(CodeVersion version) {
        Application application = byVersion.get(version);
        if (application != null) {
            if (application.loader() instanceof AppLoader appLoader
                    && appLoader.version().equals(version)) {
                appLoader.close( // first: who does not find it any more must see that it has ended
                        "the program has ended: " + names.apply(version.origin()) + " left the cluster or is closing");
            }
            byVersion.remove(version, application);
            byLoader.remove(application.loader());
            if (version.origin().equals(self)) { // others number their programs alike
                origins.remove(version.number());
            }
        }
    }

    /** The member left: so have the applications that it was the origin of. */
    public void onGone(MemberId member) {
        gone.add(member);
        byVersion.keySet().stream()
                .filter(version -> version.origin().equals(member))
                .forEach(this::close);
        origins.values().forEach(origin -> origin.forget(member));
    }

    /** The member is back: its programs' classes are had from it again. */
    public void onBack(MemberId member) {
        gone.remove(member);
    }

    @Override
    public void close() {
        closed = true;
        byVersion.keySet().forEach(this::close);
        readers.shutdownNow();
        if (extra != null) {
            try {
                extra.close();
            } catch (IOException e) {
                LOG.warn("a jar of 'filepaths' could not be closed", e);
            }
        }
    }

    private Application register(ClassLoader loader) {
        if (loader.getClass().getName().startsWith("jdk.jshell.")) {
            LOG.warn(
                    "this program is typed into JShell, which keeps variables in static fields, and those do not travel:"
                            + " tasks see null, 0 or false in them; give tasks what they need as arguments");
        }
        long number;
        synchronized (this) {
            number = ++last;
        }
        CodeVersion version = new CodeVersion(self, number);
        Application application = new Application(version, loader, codecs.apply(loader));
        origins.put(number, new Origin(loader, extra, application.codec()::lambda));
        byVersion.put(version, application);
        return application;
    }

    private Application fetched(CodeVersion version) {
        String origin = names.apply(version.origin());
        AppFiles files = new AppFiles(version, origin, requests, cache, figures);
        AppLoader loader = new AppLoader(version, origin, files, node, javaClasses);
        return new Application(version, loader, codecs.apply(loader));
    }

    private void refuseEnded(CodeVersion version) {
        if (closed || version.origin().equals(self) || gone.contains(version.origin())) {
            throw new GoAwayException("the program of " + version + " has ended here: its member left or the cluster is"
                    + " closed. Start it again");
        }
    }

    private FetchedFiles serve(MemberId from, FetchFiles request) {
        Origin origin = origins.get(request.number());
        if (origin == null) {
            return new FetchedFiles(
                    List.of(),
                    false,
                    request.path() + " cannot be had: " + names.apply(self) + " has no program " + request.number()
                            + " any more");
        }
        try {
            FetchedFiles answer = origin.answer(from, request);
            figures.served(answer.files());
            return answer;
        } catch (IOException | RuntimeException | LinkageError e) { // of the program's own loader
            return new FetchedFiles(
                    List.of(), false, request.path() + " could not be read where the program was started: " + e);
        }
    }

    private Thread newReader(Runnable work) {
        Thread thread = new Thread(null, work, "goaway-code-" + threads.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        return thread;
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new GoAwayException("'filepaths' names " + path + ", which is no usable path", e);
        }
    }
}
