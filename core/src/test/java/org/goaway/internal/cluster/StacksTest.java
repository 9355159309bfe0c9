package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.internal.cluster.link.SenderBundler;
import org.jgroups.JChannel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all stacks have in common. */
class StacksTest {

    @ParameterizedTest
    @EnumSource
    void shouldSendNothingThatHasNoSender(Stack stack) throws Exception {
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Entry entry = Entry.seeker(List.of(new Host(Host.text(bind.getAddress()), 1)), Group.LONG);
        ChannelConfig config =
                new ChannelConfig("stacks", "a", false, List.of(), 2, false, stack, bind, Optional.empty(), entry);
        try (JChannel channel = Stacks.channel(config)) {
            assertThat(channel.getProtocolStack().getTransport().getBundler()).isInstanceOf(SenderBundler.class);
        }
    }
}
