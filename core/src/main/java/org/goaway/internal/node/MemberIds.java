package org.goaway.internal.node;

import org.goaway.protocol.MemberId;

/** Identities as text that nothing is lost in, unlike that which is for people. */
final class MemberIds {

    private static final int HEX = 16;

    private MemberIds() {}

    static String text(MemberId id) {
        return Long.toHexString(id.high()) + "-" + Long.toHexString(id.low());
    }

    /** Throws IllegalArgumentException if it is none. */
    static MemberId of(String text) {
        int middle = text.indexOf('-');
        if (middle < 0) {
            throw new IllegalArgumentException(text + " is no identity of a member");
        }
        return new MemberId(
                Long.parseUnsignedLong(text.substring(0, middle), HEX),
                Long.parseUnsignedLong(text.substring(middle + 1), HEX));
    }
}
