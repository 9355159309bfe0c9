package org.goaway.protocol;

/**
 * What members send each other. Every message is an immutable record whose components are scalars, strings, enums,
 * {@code byte[]}, the values of this package, other such records, and lists, sets, maps and optionals of these; {@code null}
 * is allowed for any component that is not primitive. The one table of wire types (in core's node package) gives each
 * an id that is never reused.
 */
public interface Message {

    /**
     * Whether this message may overtake and be overtaken by others of the same sender even on a transport that keeps
     * order. No protocol relies on order for its safety; some rely on it for speed.
     */
    default boolean unordered() {
        return false;
    }
}
