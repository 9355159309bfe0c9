package org.goaway.internal.task;

import java.util.concurrent.Callable;
import org.goaway.RemoteBiConsumer;
import org.goaway.RemoteBiFunction;
import org.goaway.RemoteConsumer;
import org.goaway.RemoteFunction;
import org.goaway.RemoteRunnable;
import org.goaway.RemoteTriConsumer;
import org.goaway.RemoteTriFunction;

/** Which interface a task's function was given as; its class may implement several. */
@SuppressWarnings("unchecked") // the API's signatures let only functions through that take these arguments
public enum Shape {
    CALLABLE {
        @Override
        Object call(Object[] work) throws Exception {
            return ((Callable<Object>) work[0]).call();
        }
    },
    RUNNABLE {
        @Override
        Object call(Object[] work) throws Exception {
            ((RemoteRunnable) work[0]).run();
            return null;
        }
    },
    FUNCTION {
        @Override
        Object call(Object[] work) throws Exception {
            return ((RemoteFunction<Object, Object>) work[0]).apply(work[1]);
        }
    },
    CONSUMER {
        @Override
        Object call(Object[] work) throws Exception {
            ((RemoteConsumer<Object>) work[0]).accept(work[1]);
            return null;
        }
    },
    BI_FUNCTION {
        @Override
        Object call(Object[] work) throws Exception {
            return ((RemoteBiFunction<Object, Object, Object>) work[0]).apply(work[1], work[2]);
        }
    },
    BI_CONSUMER {
        @Override
        Object call(Object[] work) throws Exception {
            ((RemoteBiConsumer<Object, Object>) work[0]).accept(work[1], work[2]);
            return null;
        }
    },
    TRI_FUNCTION {
        @Override
        Object call(Object[] work) throws Exception {
            return ((RemoteTriFunction<Object, Object, Object, Object>) work[0]).apply(work[1], work[2], work[3]);
        }
    },
    TRI_CONSUMER {
        @Override
        Object call(Object[] work) throws Exception {
            ((RemoteTriConsumer<Object, Object, Object>) work[0]).accept(work[1], work[2], work[3]);
            return null;
        }
    },
    /** Its result travels with it. */
    JOB {
        @Override
        Object call(Object[] work) {
            ((Runnable) work[0]).run();
            return work[1];
        }
    };

    /** Calls the function, which is the first of {@code work}, with the rest. */
    abstract Object call(Object[] work) throws Exception;
}
