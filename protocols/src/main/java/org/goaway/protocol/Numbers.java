package org.goaway.protocol;

import java.util.OptionalLong;

/** How {@link Operation.Add} reads and writes the encoding of a whole number. Pure, total, the same on all members. */
public interface Numbers {

    /** The number that {@code value} encodes (a Byte, Short, Integer or Long); empty for anything else. */
    OptionalLong read(Value value);

    /** The encoding of {@code number} as a Long. */
    Value write(long number);
}
