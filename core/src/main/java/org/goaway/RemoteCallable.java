package org.goaway;

import java.io.Serializable;
import java.util.concurrent.Callable;

/**
 * A function without arguments that can run on another member.
 *
 * <p>Serializable only so that the compiler keeps what is needed to send it; Java serialization is not used. What it
 * captures travels with it, by value, and whatever it throws reaches the caller as the cause of a
 * {@link RemoteTaskException}.
 *
 * @param <R> what it returns
 */
@FunctionalInterface
public interface RemoteCallable<R> extends Callable<R>, Serializable {

    /** Runs on the member that the task was sent to. */
    @Override
    R call() throws Exception;
}
