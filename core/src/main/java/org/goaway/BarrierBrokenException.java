package org.goaway;

/**
 * Another party of this round of a {@link ClusterBarrier} has given up: its time was over, or it was interrupted.
 *
 * <p>Nobody of this round has passed. The next round has begun; await again to be part of it.
 */
public final class BarrierBrokenException extends GoAwayException {

    private static final long serialVersionUID = 1L;

    public BarrierBrokenException(String message) {
        super(message);
    }
}
