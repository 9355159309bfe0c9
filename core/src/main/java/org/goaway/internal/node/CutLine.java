package org.goaway.internal.node;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.goaway.protocol.MemberId;

/** How a launched server is told on its standard input, by tests, of which members it is to hear nothing. */
final class CutLine {

    private static final String START = "hear nothing of:";
    private static final int HEX = 16;

    private CutLine() {}

    static String of(Set<MemberId> members) {
        return members.stream()
                .map(member -> " " + Long.toHexString(member.high()) + "-" + Long.toHexString(member.low()))
                .collect(Collectors.joining("", START, ""));
    }

    /** Throws IllegalArgumentException for any other line. */
    static Set<MemberId> read(String line) {
        if (!line.startsWith(START)) {
            throw new IllegalArgumentException("standard input says '" + line + "'");
        }
        return Arrays.stream(line.substring(START.length()).split(" ", -1))
                .filter(text -> !text.isEmpty())
                .map(CutLine::member)
                .collect(Collectors.toSet());
    }

    private static MemberId member(String text) {
        int at = text.indexOf('-');
        return new MemberId(
                Long.parseUnsignedLong(text.substring(0, at), HEX),
                Long.parseUnsignedLong(text.substring(at + 1), HEX));
    }
}
