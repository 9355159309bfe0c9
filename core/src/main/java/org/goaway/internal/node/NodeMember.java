package org.goaway.internal.node;

import java.util.Set;
import org.goaway.Member;
import org.goaway.internal.cluster.MemberInfo;

/** A member as the program sees it; equal to another handle of the same member. */
record NodeMember(MemberInfo info, boolean isSelf) implements Member {

    @Override
    public String name() {
        return info.name();
    }

    @Override
    public String host() {
        return info.host();
    }

    @Override
    public int port() {
        return info.port();
    }

    @Override
    public Set<String> labels() {
        return Set.copyOf(info.labels());
    }

    @Override
    public boolean isSpawner() {
        return info.spawner();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeMember that && info.id().equals(that.info.id());
    }

    @Override
    public int hashCode() {
        return info.id().hashCode();
    }

    @Override
    public String toString() {
        return info.name();
    }
}
