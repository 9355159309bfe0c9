package org.goaway.protocol.weak;

/**
 * How much may be under way, in bytes as {@link FieldSet} estimates them.
 *
 * @param batch the most that travels in one message; a larger single value travels alone
 * @param window while so much is sent and not acknowledged, further sets wait, and later ones of a field replace them
 * @param load more than this, waiting or not acknowledged, and {@link Weak#room()} lets writers wait
 */
record Limits(int batch, long window, long load) {

    /** What nodes use: batches small beside other traffic, a window that fills a fast network. */
    static final Limits USUAL = new Limits(64 << 10, 2 << 20, 16 << 20);

    Limits {
        if (batch < 1 || window < batch || load < window) {
            throw new IllegalArgumentException("batch " + batch + ", window " + window + ", load " + load);
        }
    }
}
