package org.goaway.protocol.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;

/** What an observer outside saw of release-consistent objects, in the order in which it happened. */
final class ReleaseHistory {

    /** One thing that happened. */
    sealed interface Event permits Entered, Released, Read {
        ObjectId object();
    }

    /** A section began; its member's copy held {@code seen}. */
    record Entered(ObjectId object, long token, Map<String, Value> seen) implements Event {}

    /** A section ended; {@code written}: what it set, null for removed. */
    record Released(ObjectId object, long token, Map<String, Value> written) implements Event {}

    /** Someone outside of all sections read a member's whole copy. */
    record Read(ObjectId object, MemberId member, Copy copy) implements Event {}

    private final List<Event> events = new ArrayList<>();

    List<Event> events() {
        return events;
    }

    ReleaseHistory add(Event event) {
        events.add(event);
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("history:\n");
        events.forEach(event -> text.append(event).append('\n'));
        return text.toString();
    }
}
