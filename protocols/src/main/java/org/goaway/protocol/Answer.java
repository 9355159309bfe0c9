package org.goaway.protocol;

/**
 * What became of an {@link Operation}.
 *
 * @param result whether it changed the field
 * @param version the field's version after it
 * @param value the field's value after it; null: absent. After {@link Operation.Set} and {@link Operation.Clear} it may be
 *     left out (null) since the client knows it
 */
public record Answer(Result result, Version version, Value value) implements Message {

    /** How the operation ended. */
    public enum Result {
        /** It was applied. */
        DONE,
        /** The condition did not hold: nothing was changed, version and value are the current ones. */
        REFUSED,
        /** {@link Operation.Add} on something that is no whole number: nothing was changed. */
        NOT_A_NUMBER,
        /**
         * The write's {@link Fence} has a lower token than the object has seen: nothing was changed. The version's count is
         * the highest token seen.
         */
        STALE_TOKEN,
        /**
         * All fields of the object together would take more than travels at once: nothing was changed. The version's count is
         * the bytes that they would take.
         */
        TOO_LARGE
    }
}
