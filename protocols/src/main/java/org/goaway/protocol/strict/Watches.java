package org.goaway.protocol.strict;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.strict.StrictState.FieldKey;

/** Who watches which field. One writer: the state that owns it. */
final class Watches {

    private final Map<FieldKey, Set<MemberId>> watchers = new LinkedHashMap<>();

    void add(FieldKey key, MemberId member) {
        watchers.computeIfAbsent(key, absent -> new LinkedHashSet<>()).add(member);
    }

    void remove(FieldKey key, MemberId member) {
        watchers.computeIfPresent(key, (present, members) -> {
            members.remove(member);
            return members.isEmpty() ? null : members;
        });
    }

    /** Forgets all watches of these members. */
    void removeAll(Set<MemberId> left) {
        watchers.values().removeIf(members -> {
            members.removeAll(left);
            return members.isEmpty();
        });
    }

    boolean isEmpty() {
        return watchers.isEmpty();
    }

    List<MemberId> of(FieldKey key) {
        return List.copyOf(watchers.getOrDefault(key, Set.of()));
    }

    void forEach(BiConsumer<FieldKey, MemberId> watch) {
        watchers.forEach((key, members) -> members.forEach(member -> watch.accept(key, member)));
    }

    void clear() {
        watchers.clear();
    }
}
