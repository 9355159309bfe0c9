package org.goaway;

import java.io.Serializable;

/**
 * A function of three arguments that can run on another member.
 *
 * <p>Serializable only so that the compiler keeps what is needed to send it; Java serialization is not used. What it
 * captures travels with it, by value, and whatever it throws reaches the caller as the cause of a
 * {@link RemoteTaskException}.
 *
 * @param <A> its first argument
 * @param <B> its second argument
 * @param <C> its third argument
 * @param <R> what it returns
 */
@FunctionalInterface
public interface RemoteTriFunction<A, B, C, R> extends Serializable {

    /** Runs on the member that the task was sent to. */
    R apply(A a, B b, C c) throws Exception;
}
