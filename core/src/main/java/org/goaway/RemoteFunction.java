package org.goaway;

import java.io.Serializable;

/**
 * A function of one argument that can run on another member.
 *
 * <p>Serializable only so that the compiler keeps what is needed to send it; Java serialization is not used. What it
 * captures travels with it, by value, and whatever it throws reaches the caller as the cause of a
 * {@link RemoteTaskException}.
 *
 * @param <A> its argument
 * @param <R> what it returns
 */
@FunctionalInterface
public interface RemoteFunction<A, R> extends Serializable {

    /** Runs on the member that the task was sent to. */
    R apply(A a) throws Exception;
}
