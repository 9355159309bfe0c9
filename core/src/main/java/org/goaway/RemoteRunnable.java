package org.goaway;

import java.io.Serializable;

/**
 * A piece of code without arguments and result that can run on another member.
 *
 * <p>Serializable only so that the compiler keeps what is needed to send it; Java serialization is not used. What it
 * captures travels with it, by value, and whatever it throws reaches the caller as the cause of a
 * {@link RemoteTaskException}.
 */
@FunctionalInterface
public interface RemoteRunnable extends Serializable {

    /** Runs on the member that the task was sent to. */
    void run() throws Exception;
}
