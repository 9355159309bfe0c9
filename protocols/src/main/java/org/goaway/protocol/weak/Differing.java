package org.goaway.protocol.weak;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.goaway.protocol.Message;

/**
 * The answer to {@link Compare}.
 *
 * @param number that of the question
 * @param objects for each object of the question, in its order, what is different at the sender
 */
public record Differing(long number, List<Part> objects) implements Message {

    public Differing {
        objects = List.copyOf(objects);
    }

    @Override
    public boolean unordered() {
        return true;
    }

    /**
     * What is different of an object.
     *
     * @param slices the numbers of the slices whose digests differ
     * @param versions those of all fields that the sender has in these slices, removed ones too; none of a slice that holds so
     *     many that the answer would be much larger than the question
     */
    public record Part(Set<Integer> slices, Map<String, WeakVersion> versions) {

        public Part {
            slices = Collections.unmodifiableSet(new TreeSet<>(slices));
            versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        }
    }
}
