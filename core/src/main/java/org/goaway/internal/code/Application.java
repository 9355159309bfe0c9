package org.goaway.internal.code;

import java.util.Objects;
import org.goaway.ClusterClosedException;
import org.goaway.GoAwayException;
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

    /** Whether it came from another member, and has a loader of its own here. */
    public boolean isShipped() {
        return loader instanceof AppLoader;
    }

    /**
     * Threads of a program may outlive it here, and must not have it entered anywhere again: nobody would take it out.
     *
     * @throws ClusterClosedException if its member has left, or the cluster is closed
     */
    public void refuseEnded() {
        refuseEnded(loader);
    }

    static void refuseEnded(ClassLoader loader) {
        if (loader instanceof AppLoader shipped && shipped.isClosed()) {
            throw new ClusterClosedException(
                    "the program that this thread works for has ended here: its member left or the cluster is closed");
        }
    }

    /** Which of its files the thread waits for, in one clause; null: none. */
    public String waiting(Thread thread) {
        return loader instanceof AppLoader fetched ? fetched.waiting(thread) : null;
    }

    /** Encodes a task's function and arguments: where the program was started, with numbers for its lambdas. */
    public byte[] encodeWork(Object[] work) {
        return loader instanceof AppLoader ? codec.encode(work) : codec.encodeNumbered(work);
    }

    /**
     * Decodes what {@link #encodeWork} of any member wrote. May wait for the program's member.
     *
     * @throws GoAwayException if a class or lambda cannot be had, or the bytes make no sense
     */
    public Object[] decodeWork(byte[] work) {
        return (Object[])
                (loader instanceof AppLoader fetching ? codec.decode(work, fetching::lambda) : codec.decode(work));
    }
}
