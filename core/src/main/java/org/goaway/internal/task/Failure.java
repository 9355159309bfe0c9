package org.goaway.internal.task;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.goaway.NotTransferableException;
import org.goaway.internal.code.MissingClassException;
import org.goaway.internal.output.Thrown;
import org.goaway.internal.wire.Codec;
import org.goaway.internal.wire.SizeLimit;
import org.goaway.protocol.Message;

/**
 * What a task threw, told twice: encoded, for a spawner that knows all of its classes, and in words.
 *
 * @param encoded the exception itself; null if it cannot travel
 * @param whyInWords why it cannot travel; null if it can
 * @param hint what is wrong with the program's classes; null if nothing
 * @param cause in words; null if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
public record Failure(
        String type, String message, List<Frame> frames, byte[] encoded, String whyInWords, String hint, Failure cause)
        implements Thrown {

    private static final int MOST_CAUSES = 20;
    private static final int MOST_FRAMES = 200;
    private static final int MOST_TEXT = 1 << 14;

    /** One {@link StackTraceElement}. */
    public record Frame(String type, String method, String file, int line) implements Message {

        StackTraceElement element() {
            return new StackTraceElement(type, method, file, line);
        }
    }

    public Failure {
        frames = List.copyOf(frames);
    }

    /** Tells of {@code thrown}. Throws nothing, whatever the exception's own methods do. */
    static Failure of(Throwable thrown, Codec codec, SizeLimit limit) {
        try {
            return of(thrown, limit.check(encode(thrown, codec), "the exception", "Put less into it"), null);
        } catch (Throwable e) { // user code may run, and the memory may be full
            return of(thrown, null, String.valueOf(textOf(e)));
        }
    }

    private static byte[] encode(Throwable thrown, Codec codec) {
        try {
            return codec.encode(thrown);
        } catch (NotTransferableException e) {
            return codec.encode(thrown, new StandIns(codec));
        }
    }

    /** Tells of what a program that is not known here threw. */
    static Failure inWords(Throwable thrown) {
        return of(thrown, null, "its program is not known here");
    }

    private static Failure of(Throwable thrown, byte[] encoded, String why) {
        Failure words = inWords(thrown, MOST_CAUSES);
        return new Failure(words.type, words.message, words.frames, encoded, why, hintOf(thrown), words.cause);
    }

    /** Tells in words only. */
    static Failure inWords(String type, String message, StackTraceElement[] frames) {
        return new Failure(type, message, framesOf(frames), null, null, null, null);
    }

    private static Failure inWords(Throwable thrown, int depth) {
        Throwable cause = causeOf(thrown);
        return new Failure(
                thrown.getClass().getName(),
                textOf(thrown),
                framesOf(stackOf(thrown)),
                null,
                null,
                null,
                cause == null || depth == 0 ? null : inWords(cause, depth - 1));
    }

    private static List<Frame> framesOf(StackTraceElement[] elements) {
        return Arrays.stream(elements)
                .filter(Objects::nonNull)
                .limit(MOST_FRAMES)
                .map(at -> new Frame(at.getClassName(), at.getMethodName(), at.getFileName(), at.getLineNumber()))
                .toList();
    }

    static String textOf(Throwable thrown) {
        try {
            return cut(thrown.getMessage());
        } catch (Throwable e) { // code of the program
            return "(its message could not be made: " + e.getClass().getName() + ")";
        }
    }

    private static String cut(String text) {
        return text == null || text.length() <= MOST_TEXT
                ? text
                : text.substring(0, MOST_TEXT) + "... (" + text.length() + " characters)";
    }

    static Throwable causeOf(Throwable thrown) {
        try {
            Throwable cause = thrown.getCause();
            return cause == thrown ? null : cause;
        } catch (Throwable e) { // code of the program
            return null;
        }
    }

    static StackTraceElement[] stackOf(Throwable thrown) {
        try {
            StackTraceElement[] frames = thrown.getStackTrace();
            return frames == null ? new StackTraceElement[0] : frames;
        } catch (Throwable e) { // code of the program
            return new StackTraceElement[0];
        }
    }

    private static String hintOf(Throwable thrown) {
        Throwable at = thrown;
        for (int i = 0; i < MOST_CAUSES && at != null; i++) {
            if (at instanceof MissingClassException) {
                return textOf(at);
            }
            at = causeOf(at);
        }
        return null;
    }

    /** The exception itself where {@code codec} can make it, else a stand-in that says why it is one. */
    Throwable toThrowable(Codec codec) {
        String why = whyInWords;
        if (encoded != null) {
            try {
                return (Throwable) codec.decode(encoded);
            } catch (Throwable e) { // code of the program
                why = String.valueOf(textOf(e));
            }
        }
        return standIn(why);
    }

    @Override
    public Throwable inWords() {
        return standIn(null);
    }

    @Override
    public int size() {
        int size = length(type) + length(message) + length(whyInWords) + length(hint);
        for (Frame frame : frames) {
            size += length(frame.type) + length(frame.method) + length(frame.file);
        }
        return size + (encoded == null ? 0 : encoded.length) + (cause == null ? 0 : cause.size());
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }

    private StandIn standIn(String why) {
        StandIn standIn = new StandIn(type, message, why, cause == null ? null : cause.standIn(null));
        standIn.setStackTrace(elements());
        return standIn;
    }

    StackTraceElement[] elements() {
        return frames.stream().map(Frame::element).toArray(StackTraceElement[]::new);
    }

    /** The first line of its stack trace. */
    String headline() {
        return message == null ? type : type + ": " + message;
    }
}
