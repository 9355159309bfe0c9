package org.goaway.internal.node;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.goaway.Member;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.protocol.MemberId;

/** The members that have described themselves here, those that have left included, as the program sees them. Safe for any thread. */
final class KnownMembers {

    private final MemberId self;
    private final Map<MemberId, NodeMember> known = new ConcurrentHashMap<>();

    KnownMembers(MemberId self) {
        this.self = self;
    }

    /** The member of this description; under another name if it has that now. */
    Member of(MemberInfo info) {
        return known.computeIfAbsent(info.id(), id -> seen(info));
    }

    /** The member has another name now. */
    void renamed(MemberInfo info) {
        known.put(info.id(), seen(info));
    }

    /** The member of this identity; {@code name} is what it is called where it is not known. */
    Member of(MemberId id, String name) {
        NodeMember member = known.get(id);
        // Not kept: it may describe itself yet.
        return member != null ? member : seen(MemberInfo.unseen(id, name));
    }

    /** A member of this name; empty: there was none. */
    Optional<Member> named(String name) {
        return known.values().stream()
                .filter(member -> member.name().equals(name))
                .<Member>map(member -> member)
                .findFirst();
    }

    /** {@code text} with names in it for the ids of members. */
    String withNames(String text) {
        String named = text;
        for (Map.Entry<MemberId, NodeMember> member : known.entrySet()) {
            named = named.replace(member.getKey().toString(), member.getValue().name());
        }
        return named;
    }

    private NodeMember seen(MemberInfo info) {
        return new NodeMember(info, info.id().equals(self));
    }
}
