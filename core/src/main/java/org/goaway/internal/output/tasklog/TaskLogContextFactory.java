package org.goaway.internal.output.tasklog;

import java.net.URI;
import org.apache.logging.log4j.spi.LoggerContext;
import org.apache.logging.log4j.spi.LoggerContextFactory;

/** One context for all of the program. */
public final class TaskLogContextFactory implements LoggerContextFactory {

    private final LoggerContext context = new TaskLogContext();

    @Override
    public LoggerContext getContext(String fqcn, ClassLoader loader, Object external, boolean current) {
        return context;
    }

    @Override
    public LoggerContext getContext(
            String fqcn, ClassLoader loader, Object external, boolean current, URI configuration, String name) {
        return context;
    }

    @Override
    public void removeContext(LoggerContext removed) {
        // It ends with the program.
    }

    @Override
    public boolean isClassLoaderDependent() {
        return false;
    }
}
