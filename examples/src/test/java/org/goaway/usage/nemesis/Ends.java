package org.goaway.usage.nemesis;

import org.goaway.ClusterClosedException;
import org.goaway.GoAwayException;
import org.goaway.LockLostException;
import org.goaway.MemberLeftException;

/** The ways in which an operation may end without a result, besides those that tell what became of it. */
final class Ends {

    private Ends() {}

    /** Whether the API says that operations may end so. */
    static boolean isForetold(Exception end) {
        return end instanceof LockLostException
                || end instanceof ClusterClosedException
                || end instanceof MemberLeftException
                || isInterrupt(end);
    }

    /** Whether the thread was interrupted, as it is when its task is cancelled or lost. */
    static boolean isInterrupt(Exception end) {
        return end instanceof InterruptedException
                || (end.getClass() == GoAwayException.class
                        && Thread.currentThread().isInterrupted());
    }
}
