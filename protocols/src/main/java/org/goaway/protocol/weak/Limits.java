package org.goaway.protocol.weak;

import java.time.Duration;

/**
 * How much may be under way, in bytes as {@link FieldSet} estimates them.
 *
 * @param batch the most that travels in one message; a larger single value travels alone
 * @param window while so much is sent and not acknowledged, further sets wait, and later ones of a field replace them; a batch
 *     for each peer that was found to lack something may be on top
 * @param load more than this, waiting or not acknowledged, and {@link Weak#room()} lets writers wait
 * @param pace nanoseconds from the beginning of a round of collecting until the next may begin
 * @param patience nanoseconds after which a sync fails that is not answered
 */
record Limits(int batch, long window, long load, long pace, long patience) {

    static final long USUAL_LOAD = 16 << 20;

    /** With all around it, a batch of small sets fits into one of the frames of 56 KB that nodes send: it is not cut in two. */
    private static final int USUAL_BATCH = 54 << 10;

    /** What nodes use: batches small beside other traffic, a window that fills a fast network. */
    static Limits usual(Duration patience) {
        return new Limits(
                USUAL_BATCH, 2 << 20, USUAL_LOAD, Duration.ofSeconds(1).toNanos(), patience.toNanos());
    }

    Limits {
        if (batch < 1 || window < batch || load < window) {
            throw new IllegalArgumentException("batch " + batch + ", window " + window + ", load " + load);
        }
    }
}
