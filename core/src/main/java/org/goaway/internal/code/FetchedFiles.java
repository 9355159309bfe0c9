package org.goaway.internal.code;

import java.util.List;
import org.goaway.protocol.Message;

/**
 * Answers {@link FetchFiles}.
 *
 * @param files what was asked for, and what will probably be asked for next; a resource may be there several times
 * @param found whether what was asked for exists
 * @param refusal why it is not handed out; null: it is, or it does not exist
 */
public record FetchedFiles(List<CodeFile> files, boolean found, String refusal) implements Message {

    public FetchedFiles {
        files = List.copyOf(files);
    }

    @Override
    public boolean unordered() {
        return true;
    }
}
