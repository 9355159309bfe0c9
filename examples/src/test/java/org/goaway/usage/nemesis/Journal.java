package org.goaway.usage.nemesis;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.goaway.OutcomeUnknownException;
import org.goaway.StaleTokenException;
import org.goaway.UnavailableException;

/**
 * What one client asked and was answered, one line for each start and each end, written through to the file at once: what
 * a process that is killed has written stays. One thread writes.
 */
final class Journal implements AutoCloseable {

    static final String CALLED = "called";
    static final String DONE = "done";
    static final String NOT_DONE = "not-done";
    static final String UNKNOWN = "unknown";
    /** Ended by something that the API does not promise. */
    static final String WRONG = "wrong";

    private final OutputStream file;
    private long calls;

    Journal(Path file) throws IOException {
        this.file = new FileOutputStream(file.toFile(), true);
    }

    /** Something to do on the cluster. */
    interface Call {
        Object run() throws Exception;
    }

    /** Does and records {@code asked}; returns its result, or the exception it ended with. */
    Object record(String key, Object asked, Call call) throws IOException {
        long number = ++calls;
        write(number + " " + CALLED + " " + System.nanoTime() + " " + key + " " + asked);
        try {
            Object result = call.run();
            ended(number, DONE, text(result));
            return result;
        } catch (UnavailableException | StaleTokenException refused) {
            ended(number, NOT_DONE, refused.getMessage());
            return refused;
        } catch (OutcomeUnknownException unknown) {
            ended(number, UNKNOWN, unknown.getMessage());
            return unknown;
        } catch (Exception other) {
            ended(number, Ends.isForetold(other) ? UNKNOWN : WRONG, other.toString());
            return other;
        }
    }

    private void ended(long number, String how, String what) throws IOException {
        write(number + " " + how + " " + System.nanoTime() + " "
                + String.valueOf(what).replace('\n', ' '));
    }

    private void write(String line) throws IOException {
        file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** A result as text: nothing, a number, a truth value, a set of numbers. */
    private static String text(Object result) {
        if (result == null) {
            return "-";
        }
        return result instanceof Set<?> set
                ? set.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"))
                : result.toString();
    }

    /** The result that {@code text} means. */
    static Object result(String text) {
        if (text.equals("-")) {
            return null;
        }
        if (text.startsWith("{")) {
            Set<Long> set = new TreeSet<>();
            for (String element : text.substring(1, text.length() - 1).split(",", 0)) {
                if (!element.isEmpty()) {
                    set.add(Long.valueOf(element));
                }
            }
            return set;
        }
        return text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : Long.valueOf(text);
    }
}
