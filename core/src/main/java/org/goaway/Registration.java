package org.goaway;

/** A listener's registration. It ends with its program, too. */
public interface Registration extends AutoCloseable {

    /**
     * Ends the registration. Idempotent, local, does not block: a call to the listener that is under way goes on, and no
     * later one starts.
     */
    @Override
    void close();
}
