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

    private List<MemberInfo> view = List.of(SELF, OTHER);
    private final List<String> told = new ArrayList<>();
    private final Members members = new Members(SELF, () -> view, Optional::empty, Runnable::run);
    private final Departures departures =
            new Departures(SELF.id(), (lost, atOnce) -> note("lost"), member -> note("back"));
    private final Presence presence = new Presence(departures, members, () -> 0);

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

    private void seen(MemberInfo... infos) {
        view = List.of(infos);
    }

    private void joined(MemberInfo member) {
        presence.listeners().forEach(listener -> listener.joined(member));
    }

    private void left(MemberInfo member) {
        presence.listeners().forEach(listener -> listener.left(member));
    }

    @Test
    void shouldTellOfLossesAndReturnsBeforeAnEpochIsShown() {
        learn(1, SELF, OTHER);
        learn(2, SELF);
        learn(3, SELF, OTHER);
        assertThat(told).containsExactly("lost while shown [self, other]", "back while shown [self]");
        assertThat(members.all()).extracting(Member::name).containsExactly("self", "other");
    }

    @Test
    void shouldTellOfReturnsBeforeAViewIsShown() {
        learn(1, SELF, OTHER);
        learn(2, SELF);
        told.clear();
        seen(SELF);
        left(OTHER);
        learn(3, SELF, OTHER);
        assertThat(told).isEmpty();
        seen(SELF, OTHER);
        joined(OTHER);
        assertThat(told).containsExactly("back while shown [self]");
        assertThat(members.all()).extracting(Member::name).containsExactly("self", "other");
    }

    /** All who are seen are shown then. */
    @Test
    void shouldTellOfLossesBeforeAViewIsShownBeforeTheFirstEpoch() {
        joined(OTHER);
        assertThat(members.all()).extracting(Member::name).containsExactly("self", "other");
        seen(SELF);
        left(OTHER);
        assertThat(told).containsExactly("lost while shown [self, other]");
        assertThat(members.all()).extracting(Member::name).containsExactly("self");
    }

    private static MemberInfo info(long id, String name) {
        return MemberInfo.unseen(new MemberId(0, id), name);
    }
}
