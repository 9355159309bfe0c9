package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.goaway.Member;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.Test;

class KnownMembersTest {

    private static final MemberId SELF = new MemberId(0, 1);
    private static final MemberId OTHER = new MemberId(0, 2);

    private final KnownMembers known = new KnownMembers(SELF);

    private static MemberInfo info(MemberId id, String name) {
        return new MemberInfo(id, name, "192.0.2.1", 9060, 2, false, List.of("gpu"), 8, true, 17);
    }

    @Test
    void shouldKeepWhatAMemberSaysOfItselfAndNothingElse() {
        Member stranger = known.of(OTHER, "node-1");
        assertThat(stranger.name()).isEqualTo("node-1");
        assertThat(stranger.port()).isZero();
        assertThat(known.named("node-1")).isEmpty();

        known.of(info(OTHER, "node-1"));

        Member described = known.of(OTHER, "of old");
        assertThat(described).isEqualTo(stranger).hasSameHashCodeAs(stranger);
        assertThat(described.name()).isEqualTo("node-1");
        assertThat(described.port()).isEqualTo(9060);
        assertThat(known.withNames("without " + OTHER)).isEqualTo("without node-1");
    }

    @Test
    void shouldKeepTheNewNameOfOneThatIsRenamed() {
        MemberInfo before = info(OTHER, "node-1");
        known.of(before);
        known.renamed(info(OTHER, "node-1-2"));
        assertThat(known.of(before).name()).isEqualTo("node-1-2");
        assertThat(known.of(OTHER, "").name()).isEqualTo("node-1-2");
    }

    @Test
    void shouldTellNamesakesApart() {
        Member self = known.of(info(SELF, "node-1"));
        Member other = known.of(info(OTHER, "node-1"));
        assertThat(self).isNotEqualTo(other);
        assertThat(self.isSelf()).isTrue();
        assertThat(known.of(OTHER, "node-1").isSelf()).isFalse();
    }
}
