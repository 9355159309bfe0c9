package org.goaway.internal.output.tasklog;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.message.MessageFactory;
import org.apache.logging.log4j.message.ParameterizedMessageFactory;
import org.apache.logging.log4j.spi.ExtendedLogger;
import org.apache.logging.log4j.spi.LoggerContext;

/** The program's loggers. Safe for any thread. */
final class TaskLogContext implements LoggerContext {

    private final Map<Key, TaskLogger> loggers = new ConcurrentHashMap<>();

    /** Loggers of one name differ by how they make messages. */
    private record Key(String name, Class<? extends MessageFactory> messages) {}

    @Override
    public Object getExternalContext() {
        return null;
    }

    @Override
    public ExtendedLogger getLogger(String name) {
        return getLogger(name, null);
    }

    @Override
    public ExtendedLogger getLogger(String name, MessageFactory messages) {
        MessageFactory used = messages == null ? ParameterizedMessageFactory.INSTANCE : messages;
        return loggers.computeIfAbsent(new Key(name, used.getClass()), key -> new TaskLogger(name, used));
    }

    @Override
    public boolean hasLogger(String name) {
        return hasLogger(name, ParameterizedMessageFactory.class);
    }

    @Override
    public boolean hasLogger(String name, Class<? extends MessageFactory> messages) {
        return loggers.containsKey(new Key(name, messages));
    }

    @Override
    public boolean hasLogger(String name, MessageFactory messages) {
        return hasLogger(name, messages == null ? ParameterizedMessageFactory.class : messages.getClass());
    }
}
