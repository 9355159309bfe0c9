package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.internal.cluster.Group.Node;
import org.goaway.internal.cluster.link.MemberSockets;
import org.goaway.kit.FreePort;
import org.jgroups.blocks.cs.TcpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroupChannelIT {

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "IN_PROCESS"})
    void shouldFormFromMembersThatJoinAtOnce(Stack stack) {
        try (Group group = Group.of(stack, "forms-" + stack, 3)) {
            List<MemberInfo> members = group.node(0).channel().membership().members();
            assertThat(members).extracting(MemberInfo::name).contains("founder", "joiner-0", "joiner-1", "joiner-2");
            assertThat(members.get(0)).isEqualTo(group.node(0).channel().self());
            assertThat(members.get(0).spawner()).isTrue();
            assertThat(group.node(3).channel().membership().members()).isEqualTo(members);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MULTICAST", "UDP"})
    void shouldNameThePortOfSearchesThatIsTaken(Stack stack) throws IOException {
        int port = (stack == Stack.UDP ? 28_000 : 30_000) + ("searched".hashCode() >>> 16) % 2_000;
        try (Group group = new Group(stack, "searched")) {
            try (DatagramSocket taken = new DatagramSocket(null)) {
                taken.setReuseAddress(false);
                taken.bind(new InetSocketAddress(port));
                assertThatThrownBy(() -> group.add("refused", Entry.seeker(Duration.ofSeconds(1))))
                        .isInstanceOf(ChannelException.class)
                        .hasMessageStartingWith("UDP port " + port)
                        .hasMessageContaining("another name");
            }
            group.add("taken in", Entry.seeker(Group.LONG));
        }
    }

    /** The others introduce themselves to a node that is still being built, whose parts do not listen yet. */
    @Test
    void shouldTellOfMembersThatWereThereBeforeAnyoneListened() {
        try (Group group = Group.of(Stack.LOCAL, "early", 1);
                Node late = group.connect("late", Group.joinerOf(group.node(0)))) {
            Membership membership = late.channel().membership();
            Group.await("both are known", () -> membership.members().size() == 3);
            List<String> joined = new CopyOnWriteArrayList<>();
            membership.listen(new Membership.Listener() {
                @Override
                public void joined(MemberInfo member) {
                    joined.add(member.name());
                }
            });
            late.channel().open();
            Group.await("both are told", () -> joined.size() == 2);
            assertThat(joined).containsExactlyInAnyOrder("founder", "joiner-0");
        }
    }

    @Test
    void shouldTellWhoLeft() {
        try (Group group = Group.of(Stack.LOCAL, "leaves", 2)) {
            Node leaver = group.node(2);
            leaver.close();
            group.nodes().remove(leaver);
            group.awaitMembers(2);
            assertThat(group.node(0).channel().membership().member(leaver.id())).isEmpty();
        }
    }

    /** Two that join at the same time: the view of the first must not cut the second off. */
    @Test
    void shouldKeepTheConnectionOfOneThatIsAboutToJoin() throws Exception {
        try (Group group = Group.of(Stack.LOCAL, "about-to-join", 1);
                TcpClient stranger = new TcpClient(
                        InetAddress.getLoopbackAddress(),
                        0,
                        InetAddress.getLoopbackAddress(),
                        group.node(0).channel().self().port())) {
            stranger.socketFactory(MemberSockets.named("about-to-join")).usePeerConnections(true);
            stranger.start();
            Node second = group.add("second", Group.joinerOf(group.node(0)));
            group.awaitMembers(3);
            second.close();
            group.nodes().remove(second);
            group.awaitMembers(2);
            assertThat(stranger.isConnected()).isTrue();
        }
    }

    @Test
    void shouldFindMembersByMulticastAndKeepClustersOfOtherNamesApart() {
        try (Group one = new Group(Stack.MULTICAST, "one");
                Group other = new Group(Stack.MULTICAST, "other")) {
            one.add("a", Entry.founder());
            other.add("x", Entry.founder());
            one.add("b", Entry.seeker(Group.LONG));
            one.awaitMembers(2);
            assertThat(other.node(0).channel().membership().members()).hasSize(1);
        }
    }

    @Test
    void shouldSayThatThePortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Group group = new Group(Stack.LOCAL, "port")) {
            assertThatThrownBy(() -> group.add("a", Entry.founder(), taken.getLocalPort()))
                    .isInstanceOf(ChannelException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void shouldRefuseAddressesThatCannotWork() {
        assertThatThrownBy(() -> connect(new InetSocketAddress("192.0.2.1", 0), Entry.founder()))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("cannot listen on 192.0.2.1");
        InetSocketAddress unknown = InetSocketAddress.createUnresolved("no.such.host", 7000);
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        assertThatThrownBy(() -> connect(here, Entry.joiner(unknown, Group.LONG)))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("does not know the host 'no.such.host'");
    }

    private static void connect(InetSocketAddress bind, Entry entry) {
        try (EventLoop loop = new EventLoop("a")) {
            ChannelConfig config = new ChannelConfig(
                    "addresses", "a", entry.first(), List.of(), 2, false, Stack.LOCAL, bind, Optional.empty(), entry);
            GroupChannel.connect(config, loop, Group.codec()).close();
        }
    }

    @Test
    void shouldGiveUpWhenTheFirstMemberIsNotThere() {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next());
        try (Group group = new Group(Stack.LOCAL, "nobody")) {
            assertThatThrownBy(() -> group.add("a", Entry.joiner(nobody, Duration.ofMillis(100))))
                    .isInstanceOf(ChannelException.class)
                    .hasMessageContaining("found no member of cluster 'nobody'");
        }
    }

    @Test
    void shouldLeaveNoThreadBehind() {
        List<Thread> before = threads();
        try (Group group = Group.of(Stack.LOCAL, "threads", 2)) {
            assertThat(threads()).hasSizeGreaterThan(before.size());
        }
        Group.await("all threads end", () -> threads().stream().allMatch(before::contains));
    }

    /** All threads but those that the JDK keeps for reuse. */
    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool") && thread.getThreadGroup() != null)
                .filter(thread -> !"system".equals(thread.getThreadGroup().getName()))
                .filter(thread -> !thread.getName().contains("CompletableFutureDelayScheduler"))
                .toList();
    }
}
