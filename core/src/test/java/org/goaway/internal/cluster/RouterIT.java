package org.goaway.internal.cluster;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.internal.cluster.ChannelConfig.Secrets;
import org.goaway.internal.security.ClusterKey;
import org.goaway.kit.FreePort;
import org.junit.jupiter.api.Test;

/** Members that hear each other through a router. */
class RouterIT {

    private final InetSocketAddress at = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next());
    private final Entry entry =
            Entry.seeker(List.of(new Host(at.getAddress().getHostAddress(), at.getPort())), Group.LONG);

    /** For as long as it takes until each has taken the others for lost. */
    @Test
    void shouldBringMembersTogetherAgainWhenItComesBack() {
        ClusterKey key = ClusterKey.create();
        Secrets secrets = new Secrets(key.tls(), key.discovery());
        try (Group group = new Group(Stack.TUNNEL, "routed").with(secrets)) {
            try (Router first = Router.open(at, Optional.of(secrets))) {
                group.add("one", entry);
                group.add("other", entry);
                group.awaitMembers(2);
                Group.await("the router has two members", () -> first.members() == 2);
            }
            group.awaitMembers(1);
            try (Router second = Router.open(at, Optional.of(secrets))) {
                group.awaitMembers(2);
                Group.await("the router has two members", () -> second.members() == 2);
            }
        }
    }
}
