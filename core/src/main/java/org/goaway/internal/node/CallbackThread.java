package org.goaway.internal.node;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The one thread on which a node calls its program's listeners, in the order of what they are told. It lives while there is
 * something to tell, so it is made often, and whoever hands over work may be in the midst of a step: where no thread can be
 * made, as when memory has run out, the work stays in the queue, and the next tick tries again.
 */
final class CallbackThread extends ThreadPoolExecutor {

    private static final Logger LOG = LogManager.getLogger(CallbackThread.class);

    CallbackThread(String node) {
        this(work -> {
            // It may be made by a task's thread, and has nothing to do with that task.
            Thread thread = new Thread(null, work, "goaway-callback-" + node, 0, false);
            thread.setContextClassLoader(CallbackThread.class.getClassLoader());
            thread.setDaemon(true);
            return thread;
        });
    }

    CallbackThread(ThreadFactory factory) {
        super(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable work) {
        if (isShutdown()) {
            throw new RejectedExecutionException("the node is closed");
        }
        getQueue().add(work);
        try {
            boolean unused = prestartCoreThread();
        } catch (Throwable e) {
            warn(e);
        }
    }

    /** Time has passed. */
    void onTick() {
        if (!getQueue().isEmpty()) {
            try {
                boolean unused = prestartCoreThread();
            } catch (Throwable again) {
                // It was logged when the work was handed over.
            }
        }
    }

    private static void warn(Throwable why) {
        try {
            LOG.warn("no thread could be started for the program's listeners; they are told later", why);
        } catch (Throwable silenced) {
            // Where there is no memory to say so, the step of the caller is to go on all the same.
        }
    }
}
