package org.goaway.internal.output;

import java.util.List;
import org.apache.logging.log4j.CloseableThreadContext;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.message.TimestampMessage;

/** Gives what tasks have logged to this process's log4j, whose configuration decides what becomes of it. */
final class SpawnerLog {

    /** The key of the thread context under which the member's name is found. */
    static final String MEMBER = "member";

    /** The key of the thread context under which the task's name is found. */
    static final String TASK = "task";

    private SpawnerLog() {}

    /** The number of the least severe level of {@code logger} that is taken. */
    static int severity(String logger) {
        return LogManager.getLogger(logger).getLevel().intLevel();
    }

    /**
     * Logs what a task logged, as of then.
     *
     * @param task its name; null: it is not known any more
     */
    static void log(String member, String task, Logged event, Throwable thrown) {
        try (CloseableThreadContext.Instance context =
                CloseableThreadContext.putAll(event.context()).put(MEMBER, member)) {
            if (task != null) {
                context.put(TASK, task);
            }
            LogManager.getLogger(event.logger())
                    .log(
                            Level.forName(event.level(), event.severity()),
                            marker(event.markers()),
                            (Message) new Dated(event.text(), event.millis()),
                            thrown);
        }
    }

    /** The marker of that name; one that has no parents here gets those that it had there. */
    private static Marker marker(List<String> names) {
        if (names.isEmpty()) {
            return null;
        }
        Marker marker = MarkerManager.getMarker(names.get(0));
        if (!marker.hasParents()) {
            names.stream().skip(1).map(MarkerManager::getMarker).forEach(marker::addParents);
        }
        return marker;
    }

    /** A message that was logged before. */
    private static final class Dated extends SimpleMessage implements TimestampMessage {

        private static final long serialVersionUID = 1L;

        private final long millis;

        Dated(String text, long millis) {
            super(text);
            this.millis = millis;
        }

        @Override
        public long getTimestamp() {
            return millis;
        }

        @Override
        public boolean equals(Object other) {
            return super.equals(other) && other instanceof Dated that && millis == that.millis;
        }

        @Override
        public int hashCode() {
            return 31 * super.hashCode() + Long.hashCode(millis);
        }
    }
}
