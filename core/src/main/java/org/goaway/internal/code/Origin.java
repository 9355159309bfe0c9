package org.goaway.internal.code;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.goaway.protocol.MemberId;

/**
 * One application's files at its origin. Answers each request with what was asked for, with what others asked for before
 * (a member's first request only), and with the classes that the answer's classes name, so that a small program needs one
 * round trip. No file is sent to a member twice unless it asks for it again. Its state is guarded by its monitor; reads
 * of the application's loader happen outside.
 */
final class Origin {

    private static final int MOST_FILES = 400;
    private static final int MOST_BYTES = 4 << 20;
    private static final int LARGEST = 64 << 20;
    private static final String CLASS = ".class";

    /** Begins the path of a lambda's description, which its number ends. */
    static final String LAMBDA = "goaway:lambda/";

    private final ClassLoader loader;
    private final ClassLoader extra;
    private final IntFunction<byte[]> lambdas;
    private final ClassLoader java = ClassLoader.getPlatformClassLoader();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Map<MemberId, Known> members = new HashMap<>();

    /**
     * @param loader the application's loader
     * @param extra asked where the loader has nothing; may be null
     * @param lambdas describes a lambda of this number; null: there is none
     */
    Origin(ClassLoader loader, ClassLoader extra, IntFunction<byte[]> lambdas) {
        this.lambdas = lambdas;
        this.loader = loader;
        this.extra = extra;
    }

    private record Known(Set<String> paths, Set<Long> contents) {}

    FetchedFiles answer(MemberId from, FetchFiles request) throws IOException {
        List<CodeFile> found = read(request.path());
        Answer answer = new Answer(known(from, request.known()));
        // Asked for again, a file is sent whole: the copy that the member was known to have is gone.
        boolean again = !isNew(answer.known, request.path());
        found.forEach(file -> answer.add(file, again ? request.known() : answer.known.contents()));
        boolean lambda = request.path().startsWith(LAMBDA);
        if ((lambda || request.path().endsWith(CLASS)) && !found.isEmpty()) {
            if (lambda) {
                answer.addClass(owner(found.get(0)) + CLASS);
            }
            for (String path : askedBefore(request.path())) {
                answer.addClass(path);
            }
            answer.addNamedClasses();
        }
        return new FetchedFiles(answer.files, !found.isEmpty(), null);
    }

    synchronized void forget(MemberId member) {
        members.remove(member);
    }

    private synchronized Known known(MemberId from, Set<Long> contents) {
        Known known = members.computeIfAbsent(from, any -> new Known(new HashSet<>(), new HashSet<>()));
        known.contents().addAll(contents);
        return new Known(known.paths(), Set.copyOf(known.contents()));
    }

    private synchronized List<String> askedBefore(String path) {
        asked.add(path);
        return List.copyOf(asked);
    }

    private synchronized boolean isNew(Known known, String path) {
        return known.paths().add(path);
    }

    /** Collects one answer within its bounds. */
    private final class Answer {
        final List<CodeFile> files = new ArrayList<>();
        private final Deque<byte[]> unread = new ArrayDeque<>();
        private final Known known;
        private long size;

        Answer(Known known) {
            this.known = known;
        }

        /** Adds a file, without its content where that is among {@code has}. */
        void add(CodeFile file, Set<Long> has) {
            files.add(has.contains(file.fingerprint()) ? file.named() : file);
            size += file.bytes().length;
            unread.add(file.bytes());
        }

        void addClass(String path) throws IOException {
            if (files.size() < MOST_FILES && size < MOST_BYTES && isNew(known, path)) {
                read(path).forEach(file -> add(file, known.contents()));
            }
        }

        void addNamedClasses() throws IOException {
            while (!unread.isEmpty()) {
                for (String name : ClassNames.in(unread.remove())) {
                    addClass(name + CLASS);
                }
            }
        }
    }

    /** The application's own files with this path, none of GoAway's: one for a class, all for a resource. */
    private List<CodeFile> read(String path) throws IOException {
        if (NodeClasses.containPath(path)) {
            return List.of();
        }
        if (path.startsWith(LAMBDA)) {
            byte[] description = lambda(path.substring(LAMBDA.length()));
            return description == null ? List.of() : List.of(CodeFile.of(path, description));
        }
        if (path.endsWith(CLASS)) {
            CodeFile file = path.startsWith("java/") || java.getResource(path) != null ? null : readOne(path);
            return file == null ? List.of() : List.of(file);
        }
        List<CodeFile> files = new ArrayList<>();
        for (URL url : resources(path)) {
            try (InputStream in = open(url)) {
                files.add(CodeFile.of(path, readAll(path, in)));
            }
        }
        if (files.isEmpty()) {
            CodeFile file = java.getResource(path) != null ? null : readOne(path);
            return file == null ? List.of() : List.of(file);
        }
        return files;
    }

    private byte[] lambda(String number) {
        try {
            return lambdas.apply(Integer.parseInt(number));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The class that a described lambda was written in, which is needed next. */
    private static String owner(CodeFile description) {
        String text = new String(description.bytes(), StandardCharsets.UTF_8);
        return text.substring(0, text.indexOf('\n')).replace('.', '/');
    }

    /** Asks for a stream first: a loader that has its classes in memory may have no addresses for them. */
    private CodeFile readOne(String path) throws IOException {
        for (ClassLoader from : loaders()) {
            URL url = from.getResource(path);
            if (url != null && url.getProtocol().equals("jrt")) {
                return null;
            }
            try (InputStream in = from.getResourceAsStream(path)) {
                if (in != null) {
                    return CodeFile.of(path, readAll(path, in));
                }
            }
        }
        return null;
    }

    private List<URL> resources(String path) throws IOException {
        Map<String, URL> found = new LinkedHashMap<>();
        for (ClassLoader from : loaders()) {
            for (URL url : Collections.list(from.getResources(path))) {
                if (!url.getProtocol().equals("jrt") && !isFolder(url)) {
                    found.put(url.toExternalForm(), url);
                }
            }
        }
        return List.copyOf(found.values());
    }

    private List<ClassLoader> loaders() {
        return extra == null ? List.of(loader) : List.of(loader, extra);
    }

    /** A folder is a resource to some loaders; its listing is not something that a program reads. */
    private static boolean isFolder(URL url) {
        return url.toExternalForm().endsWith("/")
                || (url.getProtocol().equals("file") && new File(url.getPath()).isDirectory());
    }

    /** Opens without the JVM's cache of open jars, which would keep the application's jars open for good. */
    private static InputStream open(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    private static byte[] readAll(String path, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new IOException(path + " is larger than " + (LARGEST >> 20) + " MB: put such files on the servers");
        }
        return bytes;
    }
}
