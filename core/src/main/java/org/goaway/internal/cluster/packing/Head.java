package org.goaway.internal.cluster.packing;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How a frame begins. A {@link Link} may end and another begin at one side only: a member that loses another from its view
 * and has it again drops what was half sent and counts anew, while the other knows nothing of that. So everything that is
 * counted, and what is put together from several frames, belongs to a stint: one side's sending, from a common beginning.
 *
 * @param link the sender's link: the number of its first stint
 * @param stint the sender's present stint; a later one has a higher number
 * @param counted the stint of the addressee's of which {@code received} is told; 0: none
 * @param received how many bytes of the frames of that stint have come
 */
record Head(int link, int stint, int counted, long received) {

    /** One for all links of the process, which is what tells late frames of an earlier link from new ones. */
    private static final AtomicInteger STINTS = new AtomicInteger();

    private static final byte VERSION = 1;

    static final int BYTES = Byte.BYTES + 3 * Integer.BYTES + Long.BYTES;

    static int nextStint() {
        return STINTS.incrementAndGet();
    }

    /** Into a frame whose first {@link #BYTES} bytes are free. */
    void writeTo(byte[] frame) {
        ByteBuffer.wrap(frame)
                .put(VERSION)
                .putInt(link)
                .putInt(stint)
                .putInt(counted)
                .putLong(received);
    }

    static Head readFrom(ByteBuffer frame) {
        if (frame.get() != VERSION) {
            throw new IllegalArgumentException("a frame of another version");
        }
        return new Head(frame.getInt(), frame.getInt(), frame.getInt(), frame.getLong());
    }
}
