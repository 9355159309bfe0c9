package org.goaway.internal.wire;

import org.goaway.NotTransferableException;

/**
 * How many bytes of something may travel between members at once.
 *
 * @param bytes the most that is taken
 */
public record SizeLimit(int bytes) {

    private static final int MIB = 1 << 20;

    /** Of what programs hand over, encoded: the arguments of a task, its result, a value of a shared object. */
    public static final SizeLimit VALUE = new SizeLimit(512 * MIB);

    /** Of all fields of a shared object together, with their names: a field may have the largest value. */
    public static final SizeLimit OBJECT = new SizeLimit(VALUE.bytes + 8 * MIB);

    /** Of a message: a value, and what tells whose it is. Receivers refuse what is larger. */
    public static final SizeLimit MESSAGE = new SizeLimit(VALUE.bytes + 16 * MIB);

    /** Of a message that leaves in a frame with others; a larger one leaves apart from them, in pieces. */
    public static final SizeLimit FRAME = new SizeLimit(MIB);

    /**
     * Lets through what is not too large, and returns it.
     *
     * @param what what it is, to begin a sentence with
     * @param instead what to do, as a sentence without its end
     * @throws NotTransferableException if {@code encoded} is larger, naming both sizes
     */
    public byte[] check(byte[] encoded, String what, String instead) {
        if (encoded.length > bytes) {
            throw new NotTransferableException(String.format(
                    java.util.Locale.ROOT,
                    "%s takes %,d bytes, but at most %,d travel at once. %s",
                    what,
                    encoded.length,
                    bytes,
                    instead));
        }
        return encoded;
    }
}
