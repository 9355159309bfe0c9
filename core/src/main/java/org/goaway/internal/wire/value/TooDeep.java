package org.goaway.internal.wire.value;

/** The depth that a writer or reader was trusted with is used up; another may begin again with more. */
public final class TooDeep extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TooDeep() {
        super("nested too deep", null, false, false);
    }
}
