package org.goaway;

import java.io.Serializable;

/**
 * A {@link Runnable} that can run on another member: what {@link RemoteExecutor} takes a lambda without a result for.
 *
 * <p>Serializable only so that the compiler keeps what is needed to send it; Java serialization is not used. What it
 * captures travels with it, by value, and whatever it throws reaches the caller as the cause of a
 * {@link RemoteTaskException}. It throws no checked exception, as a Runnable; code that does is a {@link RemoteRunnable} for
 * {@link Cluster#run}, or returns something and is a {@link RemoteCallable}.
 */
@FunctionalInterface
public interface RemoteJob extends Runnable, Serializable {

    /** Runs on the member that the task was sent to. */
    @Override
    void run();
}
