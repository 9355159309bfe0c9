package org.goaway.protocol.strict;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.goaway.protocol.Fence;
import org.goaway.protocol.ObjectId;

/** The highest token of each lock that each object has seen. One writer: whoever applies the log. */
class Fences {

    private final Map<ObjectId, Map<ObjectId, Long>> tokens = new LinkedHashMap<>();

    /**
     * Lets a write of {@code object} pass and remembers its token, unless a higher one was seen.
     *
     * @param fence null: the write carries none and passes
     * @return 0: it passes; else the higher token that refuses it
     */
    long pass(ObjectId object, Fence fence) {
        if (fence == null) {
            return 0;
        }
        Map<ObjectId, Long> seen = tokens.computeIfAbsent(object, first -> new LinkedHashMap<>());
        long highest = seen.merge(fence.lock(), fence.token(), Math::max);
        return highest > fence.token() ? highest : 0;
    }

    void forEach(BiConsumer<ObjectId, Fence> action) {
        tokens.forEach((object, seen) -> seen.forEach((lock, token) -> action.accept(object, new Fence(lock, token))));
    }

    void clear() {
        tokens.clear();
    }
}
