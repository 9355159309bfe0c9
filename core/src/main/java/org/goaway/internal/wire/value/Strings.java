package org.goaway.internal.wire.value;

import java.nio.charset.StandardCharsets;

/** Strings as UTF-8, and the few that have no UTF-8 form as UTF-16. */
public final class Strings {

    private Strings() {}

    /** The UTF-8 form; null if a surrogate without its pair would be lost in it. */
    public static byte[] utf8(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        // a lost surrogate turns up as one '?', so an ASCII-sized result without any is sound
        if (bytes.length == value.length() && !hasQuestionMark(bytes)) {
            return bytes;
        }
        return hasLoneSurrogate(value) ? null : bytes;
    }

    private static boolean hasQuestionMark(byte[] bytes) {
        for (byte each : bytes) {
            if (each == '?') {
                return true;
            }
        }
        return false;
    }

    private static boolean hasLoneSurrogate(String value) {
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == length
                        || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Two bytes for each character, whatever it is. */
    public static byte[] utf16(String value) {
        byte[] bytes = new byte[2 * value.length()];
        for (int i = 0; i < value.length(); i++) {
            bytes[2 * i] = (byte) (value.charAt(i) >> 8);
            bytes[2 * i + 1] = (byte) value.charAt(i);
        }
        return bytes;
    }

    /** What {@link #utf16} made the bytes of. */
    public static String ofUtf16(byte[] bytes) {
        if (bytes.length % 2 != 0) {
            throw new CorruptException("half a character");
        }
        char[] chars = new char[bytes.length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (bytes[2 * i] << 8 | (bytes[2 * i + 1] & 0xFF));
        }
        return new String(chars);
    }
}
