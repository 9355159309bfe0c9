package org.goaway.internal.code;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.goaway.protocol.Message;

/**
 * One class file or resource.
 *
 * @param path as {@link ClassLoader#getResource} takes it
 * @param hash the SHA-256 of the content
 * @param bytes the content; null where the receiver has it already
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
public record CodeFile(String path, byte[] hash, byte[] bytes) implements Message {

    /** A file with its content. */
    static CodeFile of(String path, byte[] bytes) {
        try {
            return new CodeFile(path, MessageDigest.getInstance("SHA-256").digest(bytes), bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The file without its content. */
    CodeFile named() {
        return new CodeFile(path, hash, null);
    }

    /** The first 64 bits of the hash: enough to guess that a receiver has the content, which it checks by the whole hash. */
    long fingerprint() {
        return ByteBuffer.wrap(hash).getLong();
    }
}
