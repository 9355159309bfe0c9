package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.internal.cluster.Group.Node;
import org.goaway.kit.Standstills;
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
    void shouldTakeAMemberOutThatMayHoldHalfAnEntry() {
        try (Group group = Group.of(Stack.LOCAL, "half", 3)) {
            Node first = start(group, group.nodes().subList(1, 4));
            Group.await(append(first, 1));
            List<String> left = new CopyOnWriteArrayList<>();
            first.channel().membership().listen(new Membership.Listener() {
                @Override
                public void left(MemberInfo member) {
                    left.add(member.name());
                }
            });
            sums.get(first.id()).breakOffBy(new OutOfMemoryError("meant to be"));
            CompletableFuture<Message> unknown = append(first, 2);
            group.nodes().remove(first);
            group.awaitMembers(3);
            Group.await("it is told that it is alone", () -> left.size() == 3);
            assertThat(first.channel().membership().members())
                    .containsExactly(first.channel().self());
            Group.await(
                    "another leader",
                    () -> leader(group) != null && !leader(group).equals(first));
            assertThat(Group.await(append(leader(group), 4))).isEqualTo(new Sum.Count(7));
            assertThatThrownBy(() -> Group.await(unknown)).hasMessageContaining("takes part in the log no longer");
            first.close();
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

    @Test
    void shouldGiveVotesToThoseWhoCameLaterWhenVotersLeave() {
        try (Group group = Group.of(Stack.LOCAL, "replaces", 3)) {
            List<Node> voters = new ArrayList<>(group.nodes().subList(1, 4));
            Node leader = start(group, voters);
            MemberId cluster = leader.channel().log().cluster().orElseThrow();
            for (int round = 1; round <= 3; round++) {
                Group.await(append(leader, 10));
                Node late = late(group, "late-" + round);
                Group.await(
                        "the cluster in sight",
                        () -> late.channel().log().clusterInSight().equals(Optional.of(cluster)));
                late.channel().log().join(cluster, sums.get(late.id()));
                Node leaves = voters.remove(0);
                leaves.close();
                group.nodes().remove(leaves);
                voters.add(late);
                Group.await(
                        "a leader that stays",
                        () -> leader(group) != null && !leader(group).equals(leaves));
                leader = leader(group);
                List<MemberId> wanted = voters.stream().map(Node::id).toList();
                Group.await(leader.channel().log().changeVoters(wanted));
                Group.await(
                        "all know who votes",
                        () -> group.nodes().stream()
                                .allMatch(
                                        node -> Set.copyOf(node.channel().log().voters())
                                                .equals(Set.copyOf(wanted))));
            }
            assertThat(Group.await(append(leader(group), 1))).isEqualTo(new Sum.Count(31));
            Group.await(
                    "the voters of now have all",
                    () -> voters.stream().allMatch(voter -> sums.get(voter.id()).value() == 31));
        }
    }

    @Test
    void shouldGoOnInTheMajorityOfASplitAndReuniteBehindIt() {
        try (Standstills standstills = Standstills.watch();
                Group group = Group.of(Stack.IN_PROCESS, "splits", 3)) {
            Node old = start(group, group.nodes().subList(1, 4));
            Group.await(append(old, 1));
            group.isolate(old, true);
            CompletableFuture<Message> lost = append(old, 1_000);
            List<Node> others = new ArrayList<>(group.nodes());
            others.remove(old);
            Group.await("the others have a leader", () -> leader(others) != null);
            Node next = leader(others);
            assertThat(Group.await(append(next, 10))).isEqualTo(new Sum.Count(11));
            Group.await(
                    "the old one gives up", () -> old.channel().log().leader().isEmpty());
            assertThat(lost).isCompletedExceptionally();
            Group.await(
                    "the views are split",
                    () -> old.channel().membership().members().size() == 1);
            assertThat(Group.await(append(next, 10))).isEqualTo(new Sum.Count(21));

            group.isolate(old, false);
            group.awaitMembers(4);
            Group.await("one leader", () -> leader(group) != null);
            assertThat(Group.await(append(leader(group), 1))).isEqualTo(new Sum.Count(22));
            Group.await("all equal", () -> sums.values().stream().allMatch(sum -> sum.value() == 22));
            Node last = leader(group);
            if (!next.equals(last)) { // which they may rightly elect where all of them stood still
                assumeThat(standstills.seen()).as("when all voters stood still").isEmpty();
            }
            assertThat(last).as("undisturbed").isEqualTo(next);
        }
    }

    private Node late(Group group, String name) {
        Node founder = group.node(0);
        InetSocketAddress host = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), founder.channel().self().port());
        Node late = group.add(name, Entry.joiner(host, Group.LONG));
        sums.put(late.id(), new Sum());
        return late;
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
        return leader(group.nodes());
    }

    private static Node leader(List<Node> nodes) {
        return nodes.stream()
                .filter(node -> nodes.stream()
                        .allMatch(other -> other.channel().log().leader().equals(Optional.of(node.id()))))
                .findFirst()
                .orElse(null);
    }

    private static CompletableFuture<Message> append(Node node, long value) {
        CompletableFuture<Void> now = CompletableFuture.completedFuture(null);
        return now.thenComposeAsync(nothing -> node.channel().log().append(new Sum.Count(value)), node.loop());
    }
}
