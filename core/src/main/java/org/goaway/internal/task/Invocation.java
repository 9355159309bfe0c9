package org.goaway.internal.task;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.code.Application;
import org.goaway.internal.output.TaskLog;
import org.goaway.internal.output.TaskOutput;
import org.goaway.internal.task.Result.Ending;

/** The call of a task's function on the thread that is the task's meanwhile. For that thread alone, and once. */
final class Invocation {

    private static final Logger LOG = LogManager.getLogger(Invocation.class);

    private final RunningTask task;
    private final Place place;

    Invocation(RunningTask task, Place place) {
        this.task = task;
        this.place = place;
    }

    /** Enters the task's program, calls the function, and returns how that ended. */
    Result call() {
        Application application = null;
        try {
            application = place.applications().of(task.work().code());
            enter(application);
            Object[] decoded = application.decodeWork(task.work().work());
            Object result = task.work().shape().call(decoded);
            byte[] encoded = place.limit()
                    .check(
                            application.codec().encode(result),
                            "what the task returned",
                            "Write it to a file, or return it in parts from several tasks");
            return new Result(Ending.RETURNED, encoded, null);
        } catch (Throwable e) { // whatever a task throws is its result; it must not end the node's thread
            return new Result(Ending.THREW, null, failureOf(e, application));
        }
    }

    private void enter(Application application) {
        Scope entered = new Scope(place.host(), application, task);
        task.entered(entered);
        CommonPool.add(application, entered);
        Scope.set(entered);
        Thread.currentThread().setContextClassLoader(application.loader());
        TaskLog.enter(place.host().member(place.self()).name(), task.name());
        if (place.forwarder() != null) {
            place.forwarder()
                    .open(task.source(), thrown -> failureOf(thrown, application))
                    .enter();
        }
    }

    /** Telling of an exception takes memory and stack, which may be what it is about. */
    private Failure failureOf(Throwable thrown, Application application) {
        try {
            return application == null
                    ? Failure.inWords(thrown)
                    : Failure.of(thrown, application.codec(), place.limit());
        } catch (Throwable e) {
            return Failure.inWords(thrown.getClass().getName(), null, new StackTraceElement[0]);
        }
    }

    /** Releases what the task has not: locks and sections. */
    void release() {
        try {
            place.host().taskEnded(Thread.currentThread());
        } catch (Throwable e) { // its end must be told nevertheless
            LOG.warn("what task '{}' held could not be released", task.name(), e);
        }
    }

    /** Leaves the task's program. */
    void leave() {
        TaskLog.leave();
        TaskOutput.leave();
        Scope.set(null);
        Thread.currentThread().setContextClassLoader(Invocation.class.getClassLoader());
    }
}
