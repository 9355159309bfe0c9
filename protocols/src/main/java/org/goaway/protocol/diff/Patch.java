package org.goaway.protocol.diff;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * An edit that makes one encoding of another: stretches of the base, in any order, between new bytes (the delta of Hunt, Vo and
 * Tichy, "Delta algorithms: an empirical analysis", 1998). Checked when it is made, whoever made it; immutable.
 *
 * <pre>
 * patch := base length, length, edit*            numbers are varints
 * edit  := count to copy, [where from,] count of new bytes, new bytes
 * </pre>
 *
 * "Where from" is told, zigzag, as the distance from where the base goes on if the new bytes before stand in the place of as
 * many of the base; it is left out where nothing is copied.
 */
public final class Patch {

    private final byte[] bytes;
    private final int baseLength;
    private final int length;
    private final boolean inPlace;

    private Patch(byte[] bytes) {
        this.bytes = bytes;
        PatchReader reader = new PatchReader(bytes);
        this.baseLength = reader.baseLength();
        this.length = reader.length();
        boolean straight = baseLength == length;
        long made = 0;
        long copied = 0;
        while (reader.next()) {
            straight &= reader.skew() == 0;
            made += (long) reader.copied() + reader.fresh();
            copied += reader.copied();
        }
        if (made != length || copied > most(baseLength)) {
            throw new IllegalArgumentException("a patch to " + length + " bytes that makes " + made + " and copies "
                    + copied + " of " + baseLength);
        }
        this.inPlace = straight;
    }

    /** How much a patch may copy in all: a few damaged bytes must not ask for all memory. */
    static long most(int baseLength) {
        return 2L * baseLength;
    }

    /**
     * Wraps the array without copying it.
     *
     * @throws IllegalArgumentException if it is no patch
     */
    public static Patch of(byte[] bytes) {
        return new Patch(bytes);
    }

    /** The patch as it travels; not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** The length of the encodings that it fits on. */
    public int baseLength() {
        return baseLength;
    }

    /** The length of the encodings that it makes. */
    public int length() {
        return length;
    }

    /** Whether it only replaces bytes by as many others. */
    public boolean isInPlace() {
        return inPlace;
    }

    /** What it makes of {@code base}, which stays as it is. */
    public byte[] applyTo(byte[] base) {
        if (base.length != baseLength) {
            throw new IllegalArgumentException(
                    "a patch of " + baseLength + " bytes does not fit on " + base.length + " bytes");
        }
        byte[] made = new byte[length];
        PatchReader reader = new PatchReader(bytes);
        int to = 0;
        while (reader.next()) {
            System.arraycopy(base, reader.from(), made, to, reader.copied());
            System.arraycopy(bytes, reader.freshAt(), made, to + reader.copied(), reader.fresh());
            to += reader.copied() + reader.fresh();
        }
        return made;
    }

    /** Applies itself to {@code base} itself. Only for one that {@link #isInPlace}. */
    void overwrite(byte[] base) {
        runs((at, source, from, count) -> System.arraycopy(source, from, base, at, count));
    }

    /** Takes one stretch of new bytes. */
    @FunctionalInterface
    interface Runs {
        void run(int at, byte[] source, int from, int count);
    }

    /** Gives the stretches that one which {@link #isInPlace} replaces, in their order. */
    void runs(Runs consumer) {
        PatchReader reader = new PatchReader(bytes);
        int at = 0;
        while (reader.next()) {
            at += reader.copied();
            consumer.run(at, bytes, reader.freshAt(), reader.fresh());
            at += reader.fresh();
        }
    }

    /** Where the first new byte of one that {@link #isInPlace} goes; empty: it changes nothing. */
    OptionalInt first() {
        PatchReader reader = new PatchReader(bytes);
        int at = 0;
        while (reader.next()) {
            at += reader.copied();
            if (reader.fresh() > 0) {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Patch patch && Arrays.equals(bytes, patch.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "patch of " + bytes.length + " bytes from " + baseLength + " to " + length;
    }
}
