package org.goaway.internal.cluster.packing;

/**
 * What has come from one member.
 *
 * @param link its link, as of its last frame; 0: none has come
 * @param stint its stint
 * @param bytes how many bytes of frames of that stint
 */
record Received(int link, int stint, long bytes) {

    static final Received NOTHING = new Received(0, 0, 0);

    /** A late frame of an earlier stint does not count. */
    Received with(Head head, int more) {
        if (head.stint() < stint) {
            return this;
        }
        return new Received(head.link(), head.stint(), head.stint() == stint ? bytes + more : more);
    }

    /** Whether the other side has begun anew, and does not have what began before. */
    boolean isLostBy(Head head) {
        return link != 0 && head.link() > link;
    }
}
