package org.goaway.internal.cluster;

/**
 * Whether the calling thread's stack has room for a step of the node's: one that is broken off in the middle by a
 * StackOverflowError leaves half of itself. The only way to know is to use it.
 */
final class StackRoom {

    /** So many frames of {@link #reach}, about 18 KiB, are more than a step needs. Looking takes a hundredth of a strict call. */
    private static final int FRAMES_OF_A_STEP = 256;

    private StackRoom() {}

    static boolean isEnough() {
        try {
            return reach(FRAMES_OF_A_STEP, 1, 2, 3, 4, 5, 6) != 0;
        } catch (StackOverflowError tooDeep) {
            return false;
        }
    }

    /** Each frame keeps its numbers for what comes after the call in it, so none is optimized away. */
    private static long reach(int frames, long a, long b, long c, long d, long e, long f) {
        return frames == 0 ? a | b : reach(frames - 1, b, c, d, e, f, a) | a | b | c | d | e | f;
    }
}
