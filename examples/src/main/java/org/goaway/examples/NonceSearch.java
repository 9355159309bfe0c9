package org.goaway.examples;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Looks for nonces for which SHA-512 of {@code "prefix-" + nonce} starts with zeros.
 *
 * @param from the first nonce
 * @param to the nonce after the last
 * @param difficulty how many leading hexadecimal digits must be 0
 */
record NonceSearch(long from, long to, int difficulty) {

    static final String PREFIX = "prefix-";

    private static final int ASK_EVERY = 1 << 14;

    /**
     * The nonces found, in order.
     *
     * @param all false: the first one is enough
     * @param stop asked now and then whether to end early, with what there is
     */
    List<Long> run(boolean all, BooleanSupplier stop) {
        MessageDigest sha512 = sha512();
        byte[] prefix = PREFIX.getBytes(StandardCharsets.US_ASCII);
        List<Long> found = new ArrayList<>();
        for (long nonce = from; nonce < to; nonce++) {
            if ((nonce - from) % ASK_EVERY == 0 && stop.getAsBoolean()) {
                break;
            }
            sha512.update(prefix);
            sha512.update(Long.toString(nonce).getBytes(StandardCharsets.US_ASCII));
            if (startsWithZeros(sha512.digest())) {
                found.add(nonce);
                if (!all) {
                    break;
                }
            }
        }
        return found;
    }

    private boolean startsWithZeros(byte[] hash) {
        for (int digit = 0; digit < difficulty; digit++) {
            int halves = hash[digit / 2];
            if ((digit % 2 == 0 ? halves >> 4 & 0xf : halves & 0xf) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The hash of one nonce in hexadecimal digits. */
    static String hash(long nonce) {
        byte[] hash = sha512().digest((PREFIX + nonce).getBytes(StandardCharsets.US_ASCII));
        return java.util.HexFormat.of().formatHex(hash);
    }

    /** This search cut into {@code parts} of equal size but for one nonce. */
    List<NonceSearch> split(int parts) {
        List<NonceSearch> chunks = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            chunks.add(new NonceSearch(cut(i, parts), cut(i + 1, parts), difficulty));
        }
        return chunks;
    }

    /** The start of a part, by division first: the product of a large range would overflow. */
    private long cut(int part, int parts) {
        long size = to - from;
        return from + size / parts * part + size % parts * part / parts;
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        }
    }
}
