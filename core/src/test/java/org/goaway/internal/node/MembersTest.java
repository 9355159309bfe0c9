package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import org.goaway.Member;
import org.goaway.MembershipEvent;
import org.goaway.Registration;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.code.Application;
import org.goaway.internal.code.CodeVersion;
import org.goaway.internal.task.TaskHost.TaskMember;
import org.goaway.internal.wire.Codec;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.Test;

class MembersTest {

    private static final MemberInfo SELF = MemberInfo.unseen(new MemberId(0, 1), "self");
    private static final MemberInfo OTHER = MemberInfo.unseen(new MemberId(0, 2), "other");

    private List<MemberInfo> view = List.of(SELF);
    private Runnable whenAsked = () -> {};
    private final Members members = new Members(
            SELF,
            () -> {
                whenAsked.run();
                return view;
            },
            Optional::empty,
            Runnable::run);

    @Test
    void shouldShowNobodyOfWhomItWasNotTold() {
        view = List.of(SELF, OTHER);
        assertThat(members.all()).extracting(Member::name).containsExactly("self");
        assertThat(members.forTasks().members())
                .extracting(TaskMember::member)
                .containsExactlyElementsOf(members.all());
    }

    @Test
    void shouldShowOnlyWhomTasksFindThereToo() {
        members.onEpoch(epoch(1, SELF));
        view = List.of(SELF, OTHER);
        members.joined(OTHER);
        assertThat(members.all()).extracting(Member::name).containsExactly("self");

        List<String> atOnce = new ArrayList<>();
        whenAsked = () -> {
            assertThat(members.forTasks().members())
                    .extracting(TaskMember::member)
                    .containsExactlyElementsOf(members.all());
            atOnce.add("seen");
        };
        members.onEpoch(epoch(2, SELF, OTHER));
        assertThat(atOnce).isNotEmpty();
        assertThat(members.all()).extracting(Member::name).containsExactly("self", "other");
        assertThat(members.forTasks().members())
                .extracting(TaskMember::member)
                .containsExactlyElementsOf(members.all());
    }

    /** A task that only they may run need not end yet. */
    @Test
    void shouldKnowWhoIsOutOfViewAndNotLost() {
        view = List.of(SELF, OTHER);
        members.joined(OTHER);
        view = List.of(SELF);
        members.left(OTHER);
        assertThat(members.forTasks().away()).as("nothing is agreed yet").isEmpty();

        view = List.of(SELF, OTHER);
        members.onEpoch(epoch(1, SELF, OTHER));
        view = List.of(SELF);
        members.left(OTHER);
        members.onEpoch(epoch(2, SELF, OTHER));
        assertThat(members.forTasks().members()).extracting(TaskMember::id).containsExactly(SELF.id());
        assertThat(members.forTasks().away()).extracting(TaskMember::id).containsExactly(OTHER.id());

        members.onEpoch(epoch(3, SELF));
        assertThat(members.forTasks().away()).isEmpty();
    }

    private static Epoch epoch(long number, MemberInfo... infos) {
        Map<MemberId, Long> entered = new TreeMap<>();
        for (MemberInfo info : infos) {
            entered.put(info.id(), number);
        }
        return new Epoch(number, entered, List.copyOf(entered.keySet()));
    }

    @Test
    void shouldTellNoListenerOnceClosed() {
        List<MembershipEvent> told = new ArrayList<>();
        ClassLoader loader = getClass().getClassLoader();
        Application program = new Application(new CodeVersion(SELF.id(), 1), loader, new Codec(loader, null));
        try (Registration registration = members.listeners().add(program, told::add)) {
            view = List.of(SELF, OTHER);
            members.joined(OTHER);
            assertThat(told).extracting(MembershipEvent::type).containsExactly(MembershipEvent.Type.JOINED);

            members.close();
            view = List.of(SELF);
            members.left(OTHER);
            assertThat(told).hasSize(1);
        }
    }

    /** The loop goes on for a while where something blocks it. */
    @Test
    void shouldKnowWhoLeavesOnceItsListenersHaveNoThread() {
        Members late = new Members(SELF, () -> view, Optional::empty, work -> {
            throw new RejectedExecutionException("the node is closed");
        });
        view = List.of(SELF, OTHER);
        late.joined(OTHER);
        assertThat(late.all()).extracting(Member::name).containsExactly("self", "other");
    }
}
