package org.goaway.internal.wire.value;

import org.goaway.GoAwayException;

/**
 * Bytes that cannot be decoded here: damaged, or made by a program whose classes have another shape. The only exception
 * that decoding throws, whatever the bytes are. Nothing was changed; repeating it gives the same.
 */
public class CorruptException extends GoAwayException {

    private static final long serialVersionUID = 1L;

    public CorruptException(String message) {
        super(message);
    }

    public CorruptException(String message, Throwable cause) {
        super(message, cause);
    }
}
