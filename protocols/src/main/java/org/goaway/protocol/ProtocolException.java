package org.goaway.protocol;

/** An operation failed; {@link #outcome()} tells whether its effect may exist. */
public final class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Whether the operation took effect. */
    public enum Outcome {
        /** Certainly not: it is safe to repeat. */
        NOT_DONE,
        /** It may have taken effect, or may still. */
        UNKNOWN
    }

    private final Outcome outcome;

    public ProtocolException(Outcome outcome, String message) {
        super(message, null, false, false);
        this.outcome = outcome;
    }

    public Outcome outcome() {
        return outcome;
    }
}
