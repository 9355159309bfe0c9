package org.goaway.internal.output.tasklog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.MessageFactory;
import org.apache.logging.log4j.message.TimestampMessage;
import org.apache.logging.log4j.spi.AbstractLogger;
import org.apache.logging.log4j.spi.StandardLevel;
import org.goaway.internal.output.LogEvent;
import org.goaway.internal.output.TaskLog;

/** Hands on what is logged, with the message made and the thread's context. Safe for any thread. */
final class TaskLogger extends AbstractLogger {

    private static final long serialVersionUID = 1L;

    TaskLogger(String name, MessageFactory messages) {
        super(name, messages);
    }

    @Override
    public void logMessage(String fqcn, Level level, Marker marker, Message message, Throwable thrown) {
        TaskLog.log(new LogEvent(
                getName(),
                level.name(),
                level.intLevel(),
                namesOf(marker),
                String.valueOf(message.getFormattedMessage()),
                thrown == null ? message.getThrowable() : thrown,
                context(),
                message instanceof TimestampMessage dated ? dated.getTimestamp() : System.currentTimeMillis()));
    }

    private static Map<String, String> context() {
        Map<String, String> context = new HashMap<>(ThreadContext.getImmutableContext());
        context.values().removeIf(value -> value == null);
        return context;
    }

    /** Its name and those of all its parents; one that is its own parent is named once. */
    private static List<String> namesOf(Marker marker) {
        Set<String> names = new LinkedHashSet<>();
        Deque<Marker> next = new ArrayDeque<>();
        if (marker != null) {
            next.add(marker);
        }
        while (!next.isEmpty()) {
            Marker at = next.remove();
            if (names.add(at.getName()) && at.hasParents()) {
                next.addAll(List.of(at.getParents()));
            }
        }
        return List.copyOf(names);
    }

    @Override
    public Level getLevel() {
        return Level.valueOf(
                StandardLevel.getStandardLevel(TaskLog.severity(getName())).name());
    }

    private boolean isTaken(Level level) {
        return level.intLevel() <= TaskLog.severity(getName());
    }

    @Override
    public boolean isEnabled(Level level, Marker marker, Message message, Throwable thrown) {
        return isTaken(level);
    }

    @Override
    public boolean isEnabled(Level level, Marker marker, CharSequence message, Throwable thrown) {
        return isTaken(level);
    }

    @Override
    public boolean isEnabled(Level level, Marker marker, Object message, Throwable thrown) {
        return isTaken(level);
    }

    @Override
    public boolean isEnabled(Level level, Marker marker, String message, Throwable thrown) {
        return isTaken(level);
    }

    @Override
    public boolean isEnabled(Level level, Marker marker, String message) {
        return isTaken(level);
    }

    @Override
    public boolean isEnabled(Level level, Marker marker, String message, Object... values) {
        return isTaken(level);
    }

    @Override
    public boolean isEnabled(Level level, Marker marker, String message, Object p0) {
        return isTaken(level);
    }

    @Override
    public boolean isEnabled(Level level, Marker marker, String message, Object p0, Object p1) {
        return isTaken(level);
    }

    @Override
    public boolean isEnabled(Level level, Marker marker, String message, Object p0, Object p1, Object p2) {
        return isTaken(level);
    }

    @Override
    public boolean isEnabled(Level level, Marker marker, String message, Object p0, Object p1, Object p2, Object p3) {
        return isTaken(level);
    }

    @Override
    public boolean isEnabled(
            Level level, Marker marker, String message, Object p0, Object p1, Object p2, Object p3, Object p4) {
        return isTaken(level);
    }

    @Override
    public boolean isEnabled(
            Level level,
            Marker marker,
            String message,
            Object p0,
            Object p1,
            Object p2,
            Object p3,
            Object p4,
            Object p5) {
        return isTaken(level);
    }

    @Override
    public boolean isEnabled(
            Level level,
            Marker marker,
            String message,
            Object p0,
            Object p1,
            Object p2,
            Object p3,
            Object p4,
            Object p5,
            Object p6) {
        return isTaken(level);
    }

    @Override
    public boolean isEnabled(
            Level level,
            Marker marker,
            String message,
            Object p0,
            Object p1,
            Object p2,
            Object p3,
            Object p4,
            Object p5,
            Object p6,
            Object p7) {
        return isTaken(level);
    }

    @Override
    public boolean isEnabled(
            Level level,
            Marker marker,
            String message,
            Object p0,
            Object p1,
            Object p2,
            Object p3,
            Object p4,
            Object p5,
            Object p6,
            Object p7,
            Object p8) {
        return isTaken(level);
    }

    @Override
    public boolean isEnabled(
            Level level,
            Marker marker,
            String message,
            Object p0,
            Object p1,
            Object p2,
            Object p3,
            Object p4,
            Object p5,
            Object p6,
            Object p7,
            Object p8,
            Object p9) {
        return isTaken(level);
    }
}
