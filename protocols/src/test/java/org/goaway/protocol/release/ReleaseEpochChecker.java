package org.goaway.protocol.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;

/**
 * Watches release-consistent objects while members come and go, and remembers the first thing that is wrong. Sections of
 * members that stay exclude each other and their tokens rise; each starts from all that was released before, but for what
 * is lost: a release may be lost only whole, when its releaser was dropped and no member that stays has it.
 */
final class ReleaseEpochChecker {

    /**
     * A section as an observer sees it who knows what is agreed on.
     *
     * @param stint the epoch in which its member had come in when it entered; 0: it was no member
     */
    record Seen(MemberId member, ObjectId object, long token, long base, long stint) {}

    /** Names a version in all objects. */
    private record At(ObjectId object, long version) {}

    private final Predicate<Seen> stays;
    private final List<Seen> open = new ArrayList<>();
    private final Map<At, Seen> released = new LinkedHashMap<>();
    private final Map<At, Map<String, Value>> contents = new HashMap<>();
    private final Set<At> stable = new HashSet<>();
    private final Map<ObjectId, Long> lastTokens = new HashMap<>();
    private final StringBuilder events = new StringBuilder("history:\n");
    private String wrong;

    /** @param stays whether the section's member has been in all the time since it entered */
    ReleaseEpochChecker(Predicate<Seen> stays) {
        this.stays = stays;
    }

    void onEntered(Seen section, Map<String, Value> fields) {
        events.append("enters ").append(section).append('\n');
        for (Seen other : open) {
            require(
                    !other.object().equals(section.object()) || !stays.test(other),
                    "two sections at once: " + other + " and " + section);
        }
        long last = lastTokens.getOrDefault(section.object(), 0L);
        require(section.token() > last, "a token that does not rise: " + section);
        lastTokens.put(section.object(), section.token());
        requireContent(new At(section.object(), section.base()), fields, "a section: " + section);
        List<Long> chain = chain(new At(section.object(), section.base()));
        for (Seen release : released.values()) {
            require(
                    !release.object().equals(section.object()) || chain.contains(release.token()) || mayBeLost(release),
                    section + " misses " + release);
        }
        open.add(section);
    }

    /** While the section lasts, another member of its epoch has this version. */
    void onOther(Seen section, MemberId other, long version) {
        require(
                version == 0 || chain(new At(section.object(), section.base())).contains(version),
                section + " misses version " + version + ", which " + other + " has");
    }

    /** What the section wrote counts as a whole, or is lost as a whole. */
    void onReleased(Seen section, Map<String, Value> written) {
        events.append("releases ").append(section).append(": ").append(written).append('\n');
        open.remove(section);
        if (written.isEmpty()) {
            return;
        }
        Map<String, Value> next = new HashMap<>(content(new At(section.object(), section.base())));
        written.forEach((field, value) -> {
            if (value == null) {
                next.remove(field);
            } else {
                next.put(field, value);
            }
        });
        At at = new At(section.object(), section.token());
        contents.put(at, next);
        released.put(at, section);
    }

    private boolean mayBeLost(Seen release) {
        return !stable.contains(new At(release.object(), release.token())) && !stays.test(release);
    }

    /** The releaser's flush has ended: nothing may lose this release any more (D6). */
    void onStable(Seen release) {
        events.append("stable: ").append(release).append('\n');
        At at = new At(release.object(), release.token());
        if (released.containsKey(at)) {
            stable.add(at);
        }
    }

    /** When a flush ends, a member that is in the releaser's epoch has this version. */
    void onFlushed(Seen release, MemberId other, long version) {
        require(
                !released.containsKey(new At(release.object(), release.token()))
                        || chain(new At(release.object(), version)).contains(release.token()),
                "flushed, but " + other + " has " + version + ", without " + release);
    }

    /** A member was told that it has lost a section. */
    void onLost(MemberId member, ObjectId object, long token) {
        for (Seen section : List.copyOf(open)) {
            if (section.member().equals(member) && section.object().equals(object) && section.token() == token) {
                events.append("loses ").append(section).append('\n');
                require(!stays.test(section), "told of the loss of what was not lost: " + section);
                open.remove(section);
            }
        }
    }

    boolean isOpen(Seen section) {
        return open.contains(section);
    }

    /** A reader looks at a copy. */
    void onRead(MemberId member, ObjectId object, Copy copy) {
        requireContent(new At(object, copy.version()), copy.fields(), "a reader of " + object + " at " + member);
    }

    /** All is over: every member has this. */
    void onLast(ObjectId object, Copy copy) {
        List<Long> chain = chain(new At(object, copy.version()));
        for (Seen release : released.values()) {
            require(
                    !release.object().equals(object) || chain.contains(release.token()) || mayBeLost(release),
                    "in the end nobody has " + release);
        }
    }

    private void requireContent(At at, Map<String, Value> fields, String who) {
        require(fields.equals(content(at)), who + " sees " + fields + ", not what " + at + " is: " + content(at));
    }

    private Map<String, Value> content(At at) {
        return at.version() == 0 ? Map.of() : contents.get(at);
    }

    /** The version, the one it is based on, and so on. */
    private List<Long> chain(At latest) {
        List<Long> chain = new ArrayList<>();
        At next = latest;
        while (released.containsKey(next)) {
            chain.add(next.version());
            next = new At(next.object(), released.get(next).base());
        }
        return chain;
    }

    void require(boolean holds, String otherwise) {
        if (!holds && wrong == null) {
            wrong = otherwise;
        }
    }

    boolean isWrong() {
        return wrong != null;
    }

    void throwIfWrong() {
        if (wrong != null) {
            throw new AssertionError(wrong);
        }
    }

    @Override
    public String toString() {
        return events.toString();
    }
}
