package org.goaway.internal.cluster;

import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jgroups.logging.CustomLogFactory;
import org.jgroups.logging.Log;
import org.jgroups.logging.LogFactory;

/**
 * Passes what JGroups logs to log4j-api, as all of GoAway does (JGroups itself looks for log4j-core, else it writes to
 * System.err by java.util.logging). What it calls errors when two ends close a connection at the same time, or
 * warns of while the parts of a split group find each other, becomes DEBUG.
 */
final class GroupLog implements Log {

    private static final List<String> HARMLESS =
            List.of("failed sending graceful close", "failed handling message", "dropped message from non-member");

    private final Logger logger;

    private GroupLog(Logger logger) {
        this.logger = logger;
    }

    /** Sends all of JGroups' logs here; has to come before its classes are loaded. Harmless to repeat. */
    static void install() {
        LogFactory.setCustomLogFactory(new CustomLogFactory() {
            @Override
            public Log getLog(Class<?> type) {
                return new GroupLog(LogManager.getLogger(type));
            }

            @Override
            public Log getLog(String category) {
                return new GroupLog(LogManager.getLogger(category));
            }
        });
    }

    private void log(Level level, String text, Throwable cause) {
        boolean harmless =
                level.isMoreSpecificThan(Level.WARN) && HARMLESS.stream().anyMatch(text::contains);
        logger.log(harmless ? Level.DEBUG : level, text, cause);
    }

    private void log(Level level, String format, Object... args) {
        if (logger.isEnabled(level)) {
            log(level, String.format(Locale.ROOT, format, args), (Throwable) null);
        }
    }

    @Override
    public void setLevel(String level) {
        logger.debug("levels are set in log4j's configuration; JGroups asked for {}", level);
    }

    @Override
    public String getLevel() {
        return logger.getLevel().name();
    }

    @Override
    public void trace(Object object) {
        logger.trace(object);
    }

    @Override
    public boolean isFatalEnabled() {
        return logger.isEnabled(Level.FATAL);
    }

    @Override
    public void fatal(String text) {
        log(Level.FATAL, text, (Throwable) null);
    }

    @Override
    public void fatal(String format, Object... args) {
        log(Level.FATAL, format, args);
    }

    @Override
    public void fatal(String text, Throwable cause) {
        log(Level.FATAL, text, cause);
    }

    @Override
    public boolean isErrorEnabled() {
        return logger.isEnabled(Level.ERROR);
    }

    @Override
    public void error(String text) {
        log(Level.ERROR, text, (Throwable) null);
    }

    @Override
    public void error(String format, Object... args) {
        log(Level.ERROR, format, args);
    }

    @Override
    public void error(String text, Throwable cause) {
        log(Level.ERROR, text, cause);
    }

    @Override
    public boolean isWarnEnabled() {
        return logger.isEnabled(Level.WARN);
    }

    @Override
    public void warn(String text) {
        log(Level.WARN, text, (Throwable) null);
    }

    @Override
    public void warn(String format, Object... args) {
        log(Level.WARN, format, args);
    }

    @Override
    public void warn(String text, Throwable cause) {
        log(Level.WARN, text, cause);
    }

    @Override
    public boolean isInfoEnabled() {
        return logger.isEnabled(Level.INFO);
    }

    @Override
    public void info(String text) {
        log(Level.INFO, text, (Throwable) null);
    }

    @Override
    public void info(String format, Object... args) {
        log(Level.INFO, format, args);
    }

    @Override
    public boolean isDebugEnabled() {
        return logger.isEnabled(Level.DEBUG);
    }

    @Override
    public void debug(String text) {
        log(Level.DEBUG, text, (Throwable) null);
    }

    @Override
    public void debug(String format, Object... args) {
        log(Level.DEBUG, format, args);
    }

    @Override
    public void debug(String text, Throwable cause) {
        log(Level.DEBUG, text, cause);
    }

    @Override
    public boolean isTraceEnabled() {
        return logger.isEnabled(Level.TRACE);
    }

    @Override
    public void trace(String text) {
        log(Level.TRACE, text, (Throwable) null);
    }

    @Override
    public void trace(String format, Object... args) {
        log(Level.TRACE, format, args);
    }

    @Override
    public void trace(String text, Throwable cause) {
        log(Level.TRACE, text, cause);
    }
}
