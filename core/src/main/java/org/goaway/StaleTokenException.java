package org.goaway;

/**
 * A write under {@link LinearizableObject#guardedBy} came too late: the object has seen a write of a later holder of the
 * lock, so this thread has lost the lock, perhaps without noticing.
 *
 * <p>Nothing was done. Repeating it as it is cannot help: get the lock again, and look at the object again before writing.
 */
public final class StaleTokenException extends GoAwayException {

    private static final long serialVersionUID = 1L;

    public StaleTokenException(String message) {
        super(message);
    }
}
