package org.goaway.internal.code;

import java.util.Set;
import org.goaway.protocol.Message;

/**
 * Asks the origin for a class file or resource of one of its applications.
 *
 * @param number which application, {@link CodeVersion#number()}
 * @param path as {@link ClassLoader#getResource} takes it
 * @param known fingerprints of the contents that the asker has from other applications; sent with its first request only
 */
public record FetchFiles(long number, String path, Set<Long> known) implements Message {

    public FetchFiles {
        known = Set.copyOf(known);
    }

    @Override
    public boolean unordered() {
        return true;
    }
}
