package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.goaway.internal.cluster.Group.Node;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RaftLogIT {

    private final Map<MemberId, Sum> sums = new HashMap<>();

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "IN_PROCESS"})
    void shouldApplyOnAllVotersWhatTheLeaderAppends(Stack stack) {
        try (Group group = Group.of(stack, "raft-" + stack, 3)) {
            Node leader = start(group, group.nodes().subList(1, 4));
            List<CompletableFuture<Message>> answers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                answers.add(append(leader, 1));
            }
            assertThat(Group.await(answers.get(999))).isEqualTo(new Sum.Count(1000));
            Group.await("all voters apply", () -> sums.values().stream().allMatch(sum -> sum.value() == 1000));
        }
    }

    @Test
    void shouldTellMembersThatDoNotVoteWhoLeads() {
        try (Group group = Group.of(Stack.IN_PROCESS, "tells", 3)) {
            Node leader = start(group, group.nodes().subList(1, 4));
            assertThat(group.node(0).channel().log().leader()).contains(leader.id());
            assertThatThrownBy(() -> Group.await(append(group.node(0), 1))).hasMessageContaining("does not lead");
        }
    }

    @Test
    void shouldWorkWithOneVoter() {
        try (Group group = Group.of(Stack.IN_PROCESS, "single", 1)) {
            Node leader = start(group, group.nodes().subList(1, 2));
            assertThat(Group.await(append(leader, 5))).isEqualTo(new Sum.Count(5));
        }
    }

    @Test
    void shouldElectAnotherLeaderThatKnowsEverything() {
        try (Group group = Group.of(Stack.LOCAL, "reelects", 3)) {
            Node first = start(group, group.nodes().subList(1, 4));
            Group.await(append(first, 7));
            first.close();
            group.nodes().remove(first);
            group.awaitMembers(3);
            Group.await(
                    "another leader",
                    () -> leader(group) != null && !leader(group).equals(first));
            assertThat(Group.await(append(leader(group), 1))).isEqualTo(new Sum.Count(8));
        }
    }

    @Test
    void shouldRefuseMoreThanItCanHold() {
        try (Group group = Group.of(Stack.IN_PROCESS, "bounded", 3)) {
            Node leader = start(group, group.nodes().subList(1, 4));
            CompletableFuture<List<CompletableFuture<Message>>> all = new CompletableFuture<>();
            leader.loop().execute(() -> {
                List<CompletableFuture<Message>> answers = new ArrayList<>();
                for (int i = 0; i < 50_000; i++) {
                    answers.add(leader.channel().log().append(new Sum.Count(1)));
                }
                all.complete(answers);
            });
            List<CompletableFuture<Message>> answers = Group.await(all);
            assertThat(answers).anyMatch(CompletableFuture::isCompletedExceptionally);
            Group.await("all settle", () -> answers.stream().allMatch(CompletableFuture::isDone));
            long applied = answers.stream()
                    .filter(answer -> !answer.isCompletedExceptionally())
                    .count();
            Group.await("all voters apply", () -> sums.values().stream().allMatch(sum -> sum.value() == applied));
        }
    }

    private Node start(Group group, List<Node> voters) {
        List<MemberId> ids = voters.stream().map(Node::id).toList();
        for (Node node : group.nodes()) {
            Sum sum = new Sum();
            if (ids.contains(node.id())) {
                sums.put(node.id(), sum);
            }
            node.channel().log().start(ids, sum);
        }
        Group.await("a leader known to all", () -> leader(group) != null);
        return leader(group);
    }

    /** The leader on whom all agree, or null. */
    private static Node leader(Group group) {
        return group.nodes().stream()
                .filter(node -> group.nodes().stream()
                        .allMatch(other -> other.channel().log().leader().equals(Optional.of(node.id()))))
                .findFirst()
                .orElse(null);
    }

    private static CompletableFuture<Message> append(Node node, long value) {
        CompletableFuture<Void> now = CompletableFuture.completedFuture(null);
        return now.thenComposeAsync(nothing -> node.channel().log().append(new Sum.Count(value)), node.loop());
    }
}
