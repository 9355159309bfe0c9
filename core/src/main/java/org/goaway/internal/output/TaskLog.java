package org.goaway.internal.output;

import java.util.Map;
import org.apache.logging.log4j.CloseableThreadContext;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.ThreadContext;

/**
 * Where a program's own log4j leaves what the program logs at a member: it goes to the spawner of the task that the thread
 * works for. A thread without one logs as the member itself does. Safe for any thread.
 */
public final class TaskLog {

    private TaskLog() {}

    /**
     * The current thread works for a task: what is logged through the log4j that GoAway itself uses, as by a task that runs
     * where it was started, says so in its thread context.
     */
    public static void enter(String member, String task) {
        ThreadContext.putAll(Map.of(SpawnerLog.MEMBER, member, SpawnerLog.TASK, task));
    }

    /** The current thread works for no task any more; what the task left in its thread context is not for the next. */
    public static void leave() {
        ThreadContext.clearAll();
    }

    /** The number of the least severe level of {@code logger} that is worth logging. */
    public static int severity(String logger) {
        TaskOutput output = TaskOutput.ofThread();
        return output == null ? LogManager.getLogger(logger).getLevel().intLevel() : output.severity(logger);
    }

    /** Logs; may wait until the spawner has taken some of what the task logged and printed before. */
    public static void log(LogEvent event) {
        TaskOutput output = TaskOutput.ofThread();
        if (output != null) {
            output.log(event);
            return;
        }
        try (CloseableThreadContext.Instance unused = CloseableThreadContext.putAll(Map.copyOf(event.context()))) {
            LogManager.getLogger(event.logger())
                    .log(Level.forName(event.level(), event.severity()), event.text(), event.thrown());
        }
    }
}
