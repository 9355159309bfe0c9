package org.goaway.internal.output.tasklog;

import org.apache.logging.log4j.spi.Provider;

/** Found by the program's log4j, before any other backend that the program brings. */
public final class TaskLogProvider extends Provider {

    private static final int PRIORITY = Integer.MAX_VALUE;

    private static final String API = "2.6.0";

    /** For log4j's API. */
    public TaskLogProvider() {
        super(PRIORITY, API, TaskLogContextFactory.class);
    }
}
