package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.goaway.internal.cluster.Group.Node;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ProtocolException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PackedTransportIT {

    private static final int MANY = 20_000;

    private final List<Integer> arrived = Collections.synchronizedList(new ArrayList<>());
    private Group group;
    private Node one;
    private Node two;

    @BeforeEach
    void form() {
        group = Group.of(Stack.LOCAL, "transport", 2);
        one = group.node(0);
        two = group.node(1);
    }

    @AfterEach
    void close() {
        group.close();
    }

    @Test
    void shouldKeepTheOrderOfTheLoopsMessages() {
        two.channel().transport().route(Text.class, (from, text) -> arrived.add(text.number()));
        for (int i = 0; i < MANY; i++) {
            int number = i;
            one.loop().execute(() -> send(number));
        }
        Group.await("all messages", () -> arrived.size() == MANY);
        assertThat(arrived).isEqualTo(IntStream.range(0, MANY).boxed().toList());
    }

    @Test
    void shouldKeepTheOrderOfAnotherThreadsMessagesWhateverTheirSize() {
        two.channel().transport().route(Text.class, (from, text) -> arrived.add(text.number()));
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[i % 50 == 0 ? 300_000 : 100];
            one.channel().transport().send(two.id(), Text.of(i, bytes));
        }
        Group.await("all messages", () -> arrived.size() == 500);
        assertThat(arrived).isEqualTo(IntStream.range(0, 500).boxed().toList());
    }

    @Test
    void shouldSendAllOrNothingWhereTheStackIsAlmostUsedUp() throws InterruptedException {
        two.channel().transport().route(Text.class, (from, text) -> arrived.add(text.number()));
        List<Integer> sent = new ArrayList<>();
        Thread deep = new Thread(null, () -> sendOnTheWayUp(sent), "deep", 512 << 10);
        deep.start();
        deep.join();
        one.loop().execute(() -> send(MANY));
        Group.await("the last message", () -> arrived.contains(MANY));
        sent.add(MANY);
        assertThat(arrived).hasSizeGreaterThan(100).isEqualTo(sent);
    }

    /** Uses the stack up, and sends with each frame that is left after that. */
    @SuppressWarnings("InfiniteRecursion")
    private void sendOnTheWayUp(List<Integer> sent) {
        try {
            sendOnTheWayUp(sent);
        } catch (StackOverflowError end) {
            // Now there is a little room again.
        }
        if (sent.size() < 500) {
            try {
                send(sent.size());
                sent.add(sent.size());
            } catch (StackOverflowError here) {
                // Nothing was sent.
            }
        }
    }

    @Test
    void shouldReachAllWithoutSelfByMulticastAndSelfBySend() {
        for (Node node : group.nodes()) {
            node.channel().transport().route(Text.class, (from, text) -> arrived.add(text.number()));
        }
        List<MemberId> all = group.nodes().stream().map(Node::id).toList();
        one.loop().execute(() -> {
            one.channel().transport().multicast(all, Text.of(1));
            one.channel().transport().send(one.id(), Text.of(2));
        });
        Group.await("three messages", () -> arrived.size() == 3);
        assertThat(arrived).containsExactlyInAnyOrder(1, 1, 2);
    }

    @Test
    void shouldCountAsMulticastsOnlyWhatGoesToSeveralOthers() {
        try (Group three = Group.of(Stack.LOCAL, "figures", 3)) {
            PackedTransport transport = three.node(0).channel().transport();
            List<MemberId> all = three.nodes().stream().map(Node::id).toList();
            CompletableFuture<List<Long>> counted = new CompletableFuture<>();
            three.node(0).loop().execute(() -> {
                long before = transport.figures().getMulticasts();
                transport.multicast(List.of(all.get(1)), Text.of(1));
                transport.multicast(all.subList(0, 2), Text.of(2));
                long one = transport.figures().getMulticasts();
                transport.multicast(all, Text.of(3));
                counted.complete(List.of(one - before, transport.figures().getMulticasts() - one));
            });
            assertThat(counted).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(List.of(0L, 1L));
        }
    }

    @Test
    void shouldLetSmallMessagesPassALargeOneAndDeliverItWhole() {
        byte[] large = new byte[64 << 20];
        large[large.length - 1] = 7;
        CompletableFuture<byte[]> whole = new CompletableFuture<>();
        two.channel().transport().route(Text.class, (from, text) -> {
            arrived.add(text.number());
            if (text.number() == 0) {
                whole.complete(text.content().bytes());
            }
        });
        // In one turn of the loop: else the large one may have gone before the small one is there.
        one.loop().execute(() -> {
            one.channel().transport().send(two.id(), Text.of(0, large));
            one.channel().transport().send(two.id(), Text.of(1));
        });
        assertThat(Group.await(whole)).isEqualTo(large);
        assertThat(arrived).containsExactly(1, 0);
        assertThat(one.channel().membership().members()).hasSize(3);
        Group.await("nothing waits", () -> one.channel().transport().queued() == 0);
    }

    @Test
    void shouldDropAFrameThatMakesNoSenseAndGoOn() {
        two.channel().transport().route(Text.class, (from, text) -> arrived.add(text.number()));
        two.channel().transport().receive(one.id(), ByteBuffer.wrap(new byte[] {9, 9, 9}));
        two.channel().transport().receive(one.id(), ByteBuffer.wrap(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2}));
        two.channel().transport().receive(one.id(), ByteBuffer.allocate(0));
        one.channel().transport().send(two.id(), Text.of(1));
        Group.await("the message after them", () -> arrived.contains(1));
    }

    @Test
    void shouldAnswerRequests() {
        two.channel().requests().handle(Text.class, (from, text) -> done(Text.of(text.number() + 1)), two.loop());
        Message answer = Group.await(one.channel().requests().request(two.id(), Text.of(1), Group.LONG));
        assertThat(((Text) answer).number()).isEqualTo(2);
        Message own = Group.await(two.channel().requests().request(two.id(), Text.of(5), Group.LONG));
        assertThat(((Text) own).number()).isEqualTo(6);
    }

    @Test
    void shouldHandRefusalsOn() {
        two.channel()
                .requests()
                .handle(
                        Text.class,
                        (from, text) -> CompletableFuture.failedFuture(
                                new ProtocolException(ProtocolException.Outcome.NOT_DONE, "no such text")),
                        two.loop());
        assertThatThrownBy(() -> Group.await(one.channel().requests().request(two.id(), Text.of(1), Group.LONG)))
                .hasRootCauseInstanceOf(ProtocolException.class)
                .hasMessageContaining("no such text");
    }

    @Test
    void shouldFailRequestsThatNobodyAnswersInTime() {
        two.channel().requests().handle(Text.class, (from, text) -> new CompletableFuture<>(), two.loop());
        assertThatThrownBy(() ->
                        Group.await(one.channel().requests().request(two.id(), Text.of(1), Duration.ofMillis(50))))
                .hasMessageContaining("not answered in time");
        assertThat(one.channel().requests().open()).isZero();
    }

    @Test
    void shouldFailRequestsWhenTheMemberLeaves() {
        two.channel().requests().handle(Text.class, (from, text) -> new CompletableFuture<>(), two.loop());
        CompletableFuture<Message> request = one.channel().requests().request(two.id(), Text.of(1), Group.LONG);
        two.close();
        group.nodes().remove(two);
        assertThatThrownBy(() -> Group.await(request)).hasMessageContaining("left");
        assertThatThrownBy(() -> Group.await(one.channel().requests().request(two.id(), Text.of(1), Group.LONG)))
                .hasMessageContaining("is not a member");
    }

    private void send(int number) {
        one.channel().transport().send(two.id(), Text.of(number));
    }

    private static CompletableFuture<Message> done(Message answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
