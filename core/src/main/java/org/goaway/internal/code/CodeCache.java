package org.goaway.internal.code;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Contents by hash, shared by all applications of a process, so that a program that runs again on the same servers sends
 * little. Bounded; what was used longest ago goes first. Safe for any thread.
 */
public final class CodeCache {

    private static final int MOST_KNOWN = 4096;

    private final long limit;
    private final Map<ByteBuffer, byte[]> contents = new LinkedHashMap<>(16, 0.75f, true);
    private long size;

    /** A cache of at most {@code limit} bytes. */
    public CodeCache(long limit) {
        this.limit = limit;
    }

    synchronized void put(CodeFile file) {
        if (contents.put(ByteBuffer.wrap(file.hash()), file.bytes()) == null) {
            size += file.bytes().length;
        }
        Iterator<byte[]> oldest = contents.values().iterator();
        while (size > limit && oldest.hasNext()) {
            size -= oldest.next().length;
            oldest.remove();
        }
    }

    /** The content with this hash; null if it is not here. */
    synchronized byte[] get(byte[] hash) {
        return contents.get(ByteBuffer.wrap(hash));
    }

    /** Fingerprints of what is here, of the last used if there are many. */
    synchronized Set<Long> known() {
        int skip = Math.max(0, contents.size() - MOST_KNOWN);
        Set<Long> known = new HashSet<>();
        for (ByteBuffer hash : contents.keySet()) {
            if (skip-- <= 0) {
                known.add(hash.getLong(0));
            }
        }
        return known;
    }
}
