package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.internal.cluster.ChannelConfig.Secrets;
import org.goaway.internal.security.ClusterKey;
import org.goaway.kit.Standstills;
import org.junit.jupiter.api.Test;

/** Members with a key, and strangers at their door. */
class KeyedChannelIT {

    private static final Duration SHORT = Duration.ofSeconds(1);

    private static Secrets secrets() {
        ClusterKey key = ClusterKey.create();
        return new Secrets(key.tls(), key.discovery());
    }

    private static Entry joinerOf(Group.Node node) {
        return Entry.joiner(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), node.channel().self().port()),
                SHORT);
    }

    @Test
    void shouldFormAmongHoldersOfTheKey() {
        try (Group group = new Group(Stack.LOCAL, "keyed").with(secrets())) {
            Group.Node founder = group.add("founder", Entry.founder());
            group.add("one", Group.joinerOf(founder));
            group.add("two", Group.joinerOf(founder));
            group.awaitMembers(3);
        }
    }

    @Test
    void shouldLetNobodyInWithoutTheKey() {
        try (Group group = new Group(Stack.LOCAL, "keyed").with(secrets());
                Group others = new Group(Stack.LOCAL, "keyed").with(secrets());
                Group without = new Group(Stack.LOCAL, "keyed")) {
            Group.Node founder = group.add("founder", Entry.founder());
            assertThatThrownBy(() -> others.add("other key", joinerOf(founder))).isInstanceOf(ChannelException.class);
            assertThatThrownBy(() -> without.add("no key", joinerOf(founder))).isInstanceOf(ChannelException.class);
            group.add("one", Group.joinerOf(founder));
            group.awaitMembers(2);
        }
    }

    /** Each of them would hold up whoever comes after it, for seconds, were they met one after the other. */
    @Test
    void shouldNotBeHeldUpByStrangersThatSayNothingOrNonsense() throws IOException {
        Random random = new Random(7);
        List<Socket> strangers = new ArrayList<>();
        try (Standstills standstills = Standstills.watch();
                Group group = new Group(Stack.LOCAL, "keyed").with(secrets())) {
            Group.Node founder = group.add("founder", Entry.founder());
            for (int i = 0; i < 200; i++) {
                Socket stranger = new Socket(
                        InetAddress.getLoopbackAddress(),
                        founder.channel().self().port());
                strangers.add(stranger);
                if (i % 2 == 0) {
                    byte[] nonsense = new byte[random.nextInt(2_000) + 1];
                    random.nextBytes(nonsense);
                    stranger.getOutputStream().write(nonsense);
                }
            }
            long began = System.nanoTime();
            group.add("one", Group.joinerOf(founder));
            group.awaitMembers(2);
            assertThat(standstills.leftSince(began)).isLessThan(Duration.ofSeconds(10));
            for (Socket stranger : strangers) {
                assertThat(isClosedByPeer(stranger)).isTrue();
            }
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    /** Whatever it still sends first: no more than a TLS alert. */
    private static boolean isClosedByPeer(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            socket.setSoTimeout(10_000);
            return in.readNBytes(1_000).length < 1_000;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
