package org.goaway.protocol.weak;

import java.util.List;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;

/**
 * What the sender has, condensed: the receiver says where it has something else.
 *
 * @param number the sender's number of this question; the same when it is repeated
 * @param round the last round that the sender knew of when it asked
 * @param objects each object at most once
 */
public record Compare(long number, Round round, List<Part> objects) implements Message {

    public Compare {
        objects = List.copyOf(objects);
    }

    @Override
    public boolean unordered() {
        return true;
    }

    /**
     * Some neighbouring slices of an object, as {@link Slices} makes them.
     *
     * @param slices into how many slices the object is cut, a power of two
     * @param first the number of the first slice here
     * @param digests one for each slice here
     */
    public record Part(ObjectId object, int slices, int first, List<Long> digests) {

        public Part {
            digests = List.copyOf(digests);
        }
    }
}
