package org.goaway.internal.code;

import java.util.Objects;
import org.goaway.internal.wire.Codec;

/**
 * An application's code at one member.
 *
 * @param version the same on all members
 * @param loader the application's own loader at the origin, an {@link AppLoader} elsewhere
 * @param codec encodes and decodes with that loader's classes
 */
public record Application(CodeVersion version, ClassLoader loader, Codec codec) {

    public Application {
        Objects.requireNonNull(version);
        Objects.requireNonNull(loader);
    }

    /** Which of its files the thread waits for, in one clause; null: none. */
    public String waiting(Thread thread) {
        return loader instanceof AppLoader fetched ? fetched.waiting(thread) : null;
    }
}
