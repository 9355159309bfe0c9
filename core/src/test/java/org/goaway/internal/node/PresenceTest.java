package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.goaway.Member;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.Test;

/** What a program is shown at the moment in which a loss or a return is told. */
class PresenceTest {

    private static final MemberInfo SELF = info(1, "self");
    private static final MemberInfo OTHER = info(2, "other");
    private static final MemberInfo FRESH = info(3, "fresh");

    private List<MemberInfo> view = List.of(SELF, OTHER);
    private final List<String> told = new ArrayList<>();
    private final Members members = new Members(SELF, () -> view, Optional::empty, Runnable::run);
    private final Presence presence =
            new Presence(new Departures(SELF.id(), (lost, atOnce) -> note("lost"), member -> note("back")), members);

    private void note(String what) {
        told.add(what + " while shown "
                + members.all().stream().map(Member::name).toList());
    }

    private void learn(long number, MemberInfo... infos) {
        Map<MemberId, Long> joined = new TreeMap<>();
        for (MemberInfo info : infos) {
            joined.put(info.id(), info.equals(SELF) ? 1L : number);
        }
        Epoch epoch = new Epoch(number, joined, List.of(SELF.id()));
        presence.learners().forEach(learner -> learner.accept(epoch));
    }

    @Test
    void shouldTellOfReturnsBeforeAndOfLossesAfterAnEpochIsShown() {
        learn(1, SELF, OTHER);
        view = List.of(SELF, OTHER, FRESH);
        presence.joined(FRESH);
        learn(2, SELF, FRESH);
        learn(3, SELF, OTHER, FRESH);
        assertThat(told)
                .startsWith("lost while shown [self, fresh]", "back while shown [self, fresh]")
                .hasSize(3);
        assertThat(members.all()).extracting(Member::name).containsExactly("self", "other", "fresh");
    }

    @Test
    void shouldTellOfReturnsBeforeAndOfLossesAfterAViewIsShown() {
        learn(1, SELF, OTHER);
        learn(2, SELF);
        told.clear();
        view = List.of(SELF);
        presence.left(OTHER, 0);
        learn(3, SELF, OTHER);
        assertThat(told).isEmpty();
        view = List.of(SELF, OTHER);
        presence.joined(OTHER);
        assertThat(told).containsExactly("back while shown [self]");
        assertThat(members.all()).extracting(Member::name).containsExactly("self", "other");
    }

    /** All who are seen are shown then. */
    @Test
    void shouldTellOfLossesAfterTheyAreShownBeforeTheFirstEpoch() {
        presence.joined(OTHER);
        assertThat(members.all()).extracting(Member::name).containsExactly("self", "other");
        view = List.of(SELF);
        presence.left(OTHER, 0);
        assertThat(told).containsExactly("lost while shown [self]");
    }

    private static MemberInfo info(long id, String name) {
        return MemberInfo.unseen(new MemberId(0, id), name);
    }
}
