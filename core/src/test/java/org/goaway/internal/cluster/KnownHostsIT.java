package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.internal.cluster.ChannelConfig.Secrets;
import org.goaway.internal.security.ClusterKey;
import org.goaway.kit.FreePort;
import org.junit.jupiter.api.Test;

/** Members that find each other by a list of addresses. */
class KnownHostsIT {

    private static final String HERE = InetAddress.getLoopbackAddress().getHostAddress();

    private static Host at(Group.Node node) {
        return new Host(HERE, node.channel().self().port());
    }

    private static Entry seeker(Host... hosts) {
        return Entry.seeker(List.of(hosts), Group.LONG);
    }

    /** Of the list one takes connections and says nothing, at one nobody listens, and one nobody knows. */
    @Test
    void shouldFindTheMembersThatAreThere() throws IOException {
        ClusterKey key = ClusterKey.create();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Group group = new Group(Stack.SERVERS, "list").with(new Secrets(key.tls(), key.discovery()))) {
            Host[] useless = {
                new Host(HERE, silent.getLocalPort()),
                new Host(HERE, FreePort.next()),
                new Host("no-such-host.invalid", 7000)
            };
            Group.Node first = group.add("first", seeker(useless));
            group.add("second", seeker(useless[0], useless[1], useless[2], at(first)));

            group.awaitMembers(2);
        }
    }

    /** The two were started apart, and one of them is told of the other only through the third. */
    @Test
    void shouldBringTogetherThoseThatOneListHas() {
        try (Group group = new Group(Stack.SERVERS, "apart")) {
            Group.Node one = group.add("one", seeker());
            Group.Node other = group.add("other", seeker());
            assertThat(other.channel().membership().members()).hasSize(1);

            group.add("third", seeker(at(one), at(other)));

            group.awaitMembers(3);
        }
    }

    /** Threads that wait for a silent host would keep the process from closing what it opened. */
    @Test
    void shouldGiveUpOnOneThatSaysNothing() throws IOException {
        ClusterKey key = ClusterKey.create();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Group group = new Group(Stack.SERVERS, "silent").with(new Secrets(key.tls(), key.discovery()));
            try (group) {
                group.add("first", seeker(new Host(HERE, silent.getLocalPort())));
            }
            Group.await(
                    "its threads end",
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().equals("goaway-link")));
        }
    }
}
