package org.goaway.internal.code;

import java.util.Objects;
import org.goaway.protocol.MemberId;

/**
 * The identity of one application's code for as long as its origin is a member.
 *
 * @param origin the member whose class loader has the classes
 * @param number which of the origin's class loaders; the first is 1
 */
public record CodeVersion(MemberId origin, long number) {

    public CodeVersion {
        Objects.requireNonNull(origin);
    }

    @Override
    public String toString() {
        return origin + "/" + number;
    }
}
