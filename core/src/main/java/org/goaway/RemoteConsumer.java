package org.goaway;

import java.io.Serializable;

/**
 * A piece of code with one argument and no result that can run on another member.
 *
 * <p>Serializable only so that the compiler keeps what is needed to send it; Java serialization is not used. What it
 * captures travels with it, by value, and whatever it throws reaches the caller as the cause of a
 * {@link RemoteTaskException}.
 *
 * @param <A> its argument
 */
@FunctionalInterface
public interface RemoteConsumer<A> extends Serializable {

    /** Runs on the member that the task was sent to. */
    void accept(A a) throws Exception;
}
