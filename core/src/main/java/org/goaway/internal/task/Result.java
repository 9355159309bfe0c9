package org.goaway.internal.task;

import java.util.Locale;
import org.goaway.NotTransferableException;
import org.goaway.protocol.Message;

/**
 * How a task ended that had started, as it travels.
 *
 * @param result the encoded result; null unless it {@link Ending#RETURNED}
 * @param failure what it threw; null if it {@link Ending#RETURNED}
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
public record Result(Ending ending, byte[] result, Failure failure) implements Message {

    /** How a task ended at the member that ran it. */
    public enum Ending {
        RETURNED,
        THREW,
        TIME_WAS_UP
    }

    /** So much a message carries beside a result. */
    private static final int HEAD = 256;

    /** So much a message carries beside an exception, of which it tells the text and the frames, too. */
    private static final int WORDS = 1 << 20;

    /** It ended in a way that cannot be told; {@code text} says why not, and what to do. */
    static Result untransferable(String text) {
        return new Result(
                Ending.THREW,
                null,
                Failure.inWords(NotTransferableException.class.getName(), text, new StackTraceElement[0]));
    }

    private byte[] encoded() {
        return ending == Ending.RETURNED ? result : failure.encoded();
    }

    /** How many bytes of a message it takes, but for those of what can be told in words. */
    int bytes() {
        byte[] encoded = encoded();
        return encoded == null ? 0 : encoded.length;
    }

    /** Whether a message of so many bytes may be the one that carries it. */
    boolean isOf(int bytes) {
        byte[] encoded = encoded();
        int beside = ending == Ending.RETURNED ? HEAD : WORDS;
        return encoded != null && encoded.length <= bytes && bytes - encoded.length <= beside;
    }

    /** "its result of 5,000 bytes". */
    String describe() {
        return result == null
                ? "what it threw"
                : "its result of " + String.format(Locale.ROOT, "%,d", result.length) + " bytes";
    }
}
