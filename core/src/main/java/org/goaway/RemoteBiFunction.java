package org.goaway;

import java.io.Serializable;

/**
 * A function of two arguments that can run on another member.
 *
 * <p>Serializable only so that the compiler keeps what is needed to send it; Java serialization is not used. What it
 * captures travels with it, by value, and whatever it throws reaches the caller as the cause of a
 * {@link RemoteTaskException}.
 *
 * @param <A> its first argument
 * @param <B> its second argument
 * @param <R> what it returns
 */
@FunctionalInterface
public interface RemoteBiFunction<A, B, R> extends Serializable {

    /** Runs on the member that the task was sent to. */
    R apply(A a, B b) throws Exception;
}
