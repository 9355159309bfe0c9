package org.goaway.protocol.release;

import java.util.HashMap;
import java.util.Map;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.release.ReleaseHistory.Entered;
import org.goaway.protocol.release.ReleaseHistory.Event;
import org.goaway.protocol.release.ReleaseHistory.Read;
import org.goaway.protocol.release.ReleaseHistory.Released;

/**
 * Says what is wrong with a history of release-consistent objects: sections must exclude each other, tokens rise, a
 * section see exactly what all completed ones wrote, a reader all of a release or none of it, and a member never go back.
 */
final class ReleaseChecker {

    /** What is known of one object while its events are read. */
    private static final class Seen {
        private final Map<Long, Map<String, Value>> contents = new HashMap<>(Map.of(0L, Map.of()));
        private final Map<MemberId, Long> versions = new HashMap<>();
        private Map<String, Value> content = Map.of();
        private Entered section;
        private long lastToken;
    }

    private ReleaseChecker() {}

    /** Throws an {@link AssertionError} that says what is wrong. */
    static void check(ReleaseHistory history) {
        Map<ObjectId, Seen> objects = new HashMap<>();
        for (Event event : history.events()) {
            Seen seen = objects.computeIfAbsent(event.object(), object -> new Seen());
            if (event instanceof Entered entered) {
                onEntered(seen, entered);
            } else if (event instanceof Released released) {
                onReleased(seen, released);
            } else {
                onRead(seen, (Read) event);
            }
        }
    }

    /** Throws an {@link AssertionError} unless this is what all completed sections of the object left. */
    static void checkLast(ReleaseHistory history, ObjectId object, MemberId member, Map<String, Value> fields) {
        Map<String, Value> expected = new HashMap<>();
        history.events().stream()
                .filter(event -> event.object().equals(object))
                .filter(Released.class::isInstance)
                .forEach(released -> apply(expected, ((Released) released).written()));
        require(
                fields.equals(expected),
                "in the end " + member + " has " + fields + " of " + object + ", not " + expected);
    }

    private static void onEntered(Seen seen, Entered entered) {
        require(seen.section == null, "two sections at once: " + seen.section + " and " + entered);
        require(entered.token() > seen.lastToken, "a token that does not rise: " + entered);
        require(
                entered.seen().equals(seen.content),
                "a section that sees other than all completed ones, which left " + seen.content + ": " + entered);
        seen.section = entered;
        seen.lastToken = entered.token();
    }

    private static void onReleased(Seen seen, Released released) {
        require(
                seen.section != null && seen.section.token() == released.token(),
                "ended without having begun: " + released);
        Map<String, Value> next = new HashMap<>(seen.content);
        apply(next, released.written());
        seen.content = next;
        seen.contents.put(released.token(), next);
        seen.section = null;
    }

    private static void onRead(Seen seen, Read read) {
        long version = read.copy().version();
        require(
                read.copy().fields().equals(seen.contents.get(version)),
                "read a mixture, not " + seen.contents.get(version) + ": " + read);
        Long before = seen.versions.put(read.member(), version);
        require(before == null || before <= version, "went back from " + before + ": " + read);
    }

    private static void apply(Map<String, Value> fields, Map<String, Value> written) {
        written.forEach((field, value) -> {
            if (value == null) {
                fields.remove(field);
            } else {
                fields.put(field, value);
            }
        });
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
