package org.goaway.internal.node;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread on which a node calls its program's listeners, in the order of what they are told. */
final class CallbackThread {

    private CallbackThread() {}

    /** A thread that lives while there is something to tell. */
    static ThreadPoolExecutor of(String node) {
        ThreadPoolExecutor callbacks =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "goaway-callback-" + node);
                    thread.setDaemon(true);
                    return thread;
                });
        callbacks.allowCoreThreadTimeOut(true);
        return callbacks;
    }
}
