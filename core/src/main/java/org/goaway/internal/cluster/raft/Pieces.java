package org.goaway.internal.cluster.raft;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.goaway.protocol.Message;

/** The form in which pieces of a state travel: each one's length, then the piece. */
record Pieces(MessageBytes codec) {

    /** Takes pieces until they make {@code enough} bytes, or all. */
    byte[] take(Iterator<Message> pieces, int enough) {
        List<byte[]> encoded = new ArrayList<>();
        int size = 0;
        while (pieces.hasNext() && size < enough) {
            byte[] piece = codec.encode(pieces.next());
            encoded.add(piece);
            size += Integer.BYTES + piece.length;
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        encoded.forEach(piece -> all.putInt(piece.length).put(piece));
        return all.array();
    }

    List<Message> read(byte[] part) {
        List<Message> pieces = new ArrayList<>();
        ByteBuffer left = ByteBuffer.wrap(part);
        while (left.hasRemaining()) {
            int length = left.getInt();
            pieces.add(codec.decode(part, left.position(), length));
            left.position(left.position() + length);
        }
        return pieces;
    }
}
