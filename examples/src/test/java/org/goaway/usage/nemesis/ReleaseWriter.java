package org.goaway.usage.nemesis;

import java.io.IOException;
import java.time.Duration;
import org.goaway.LockLostException;
import org.goaway.UpdateOnRelease;

/** Enters sections of the books, adds itself and releases; flushes now and then. */
final class ReleaseWriter {

    static final String KEY = "books";

    private static final Duration WAITS = Duration.ofSeconds(1);
    private static final int RELEASES_A_FLUSH = 10;

    private ReleaseWriter() {}

    static void run(Writing writing) throws Exception {
        writing.run(ReleaseWriter::section);
    }

    private static void section(Writing.Writer writer) throws IOException {
        UpdateOnRelease books = Books.object();
        writer.record(KEY, "look", () -> {
            Books.checkOutside();
            return null;
        });
        Object entered = writer.record(KEY, "enter", () -> books.tryAcquire(WAITS));
        if (!Boolean.TRUE.equals(entered)) {
            return;
        }
        Object count = writer.record(KEY, "add", () -> Books.add(writer.member()));
        if (count instanceof Exception) {
            awaitLoss(writer, count);
            return;
        }
        Object released = writer.record(KEY, "release " + count, () -> {
            books.release();
            return count;
        });
        if (released instanceof Long number && writer.random().nextInt(RELEASES_A_FLUSH) == 0) {
            writer.record(KEY, "flush " + number, () -> {
                books.flush();
                return number;
            });
        }
    }

    /**
     * A section that failed half way through must not be released; it was cut off for so long that it will be lost. Where it is
     * not, this ends with the others, and what was written down tells it.
     */
    private static void awaitLoss(Writing.Writer writer, Object failure) throws IOException {
        Object end = failure;
        while (!(end instanceof LockLostException) && writer.goesOn()) {
            end = writer.record(KEY, "is it lost", () -> {
                throw new IllegalStateException("a section goes on that failed before: it counts " + Books.count());
            });
        }
    }
}
