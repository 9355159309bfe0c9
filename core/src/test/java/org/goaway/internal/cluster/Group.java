package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.internal.cluster.raft.RaftMessage;
import org.goaway.internal.wire.MessageCodec;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Value;
import org.jgroups.JChannel;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.TP;
import org.jgroups.stack.ProtocolStack;

/** Several nodes' channels in this JVM, each with its loop. */
final class Group implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(20);

    private final Stack stack;
    private Optional<ChannelConfig.Secrets> secrets = Optional.empty();
    private final String cluster;
    private final List<Node> nodes = Collections.synchronizedList(new ArrayList<>());

    record Node(GroupChannel channel, EventLoop loop) implements AutoCloseable {
        MemberId id() {
            return channel.self().id();
        }

        @Override
        public void close() {
            channel.close();
            loop.close();
        }
    }

    Group(Stack stack, String cluster) {
        this.stack = stack;
        this.cluster = cluster;
    }

    /** Who joins from now on has these, and needs them. */
    Group with(ChannelConfig.Secrets known) {
        secrets = Optional.of(known);
        return this;
    }

    /** A founder and so many joiners at once; returns when all see all. */
    static Group of(Stack stack, String cluster, int joiners) {
        Group group = new Group(stack, cluster);
        Node founder = group.add("founder", Entry.founder());
        Entry entry = stack == Stack.LOCAL ? joinerOf(founder) : Entry.seeker(LONG);
        List<Thread> threads = IntStream.range(0, joiners)
                .mapToObj(i -> new Thread(() -> group.add("joiner-" + i, entry)))
                .toList();
        threads.forEach(Thread::start);
        threads.forEach(Group::join);
        group.awaitMembers(joiners + 1);
        return group;
    }

    /** How one enters that was told where this node is. */
    static Entry joinerOf(Node node) {
        return Entry.joiner(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), node.channel().self().port()),
                LONG);
    }

    static MessageCodec codec() {
        return MessageCodec.builder()
                .type(1, MemberId.class)
                .type(2, MemberInfo.class)
                .type(3, Membership.Introduction.class)
                .type(4, RaftMessage.Invite.class)
                .type(5, RaftMessage.Leads.class)
                .type(9, RaftMessage.Follows.class)
                .type(10, RaftMessage.AskVote.class)
                .type(11, RaftMessage.Vote.class)
                .type(12, RaftMessage.Frame.class)
                .type(13, RaftMessage.SnapshotPart.class)
                .type(14, RaftMessage.SnapshotTaken.class)
                .type(16, RaftMessage.LeadsNoMore.class)
                .type(15, RaftMessage.SnapshotHead.class)
                .scalar(8, Value.class, Value::bytes, Value::of)
                .type(6, Text.class)
                .type(7, Sum.Count.class)
                .build();
    }

    Node add(String name, Entry entry) {
        return add(name, entry, 0);
    }

    Node add(String name, Entry entry, int port) {
        Node node = connect(name, entry, port);
        node.channel().open();
        nodes.add(node);
        return node;
    }

    /** A node that is connected and not open; the caller's. */
    Node connect(String name, Entry entry) {
        return connect(name, entry, 0);
    }

    private Node connect(String name, Entry entry, int port) {
        EventLoop loop = new EventLoop(name);
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        ChannelConfig config =
                new ChannelConfig(cluster, name, entry.first(), List.of(), 2, false, stack, bind, secrets, entry);
        try {
            return new Node(GroupChannel.connect(config, loop, codec()), loop);
        } catch (RuntimeException e) {
            loop.close();
            throw e;
        }
    }

    Node node(int index) {
        return nodes.get(index);
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Lets nothing in or out of this node, or everything again. */
    void isolate(Node node, boolean cut) {
        try {
            ProtocolStack protocols = stackOf(node.channel());
            DISCARD discard = protocols.findProtocol(DISCARD.class);
            if (discard == null) {
                discard = new DISCARD();
                protocols.insertProtocol(discard, ProtocolStack.Position.ABOVE, TP.class);
            }
            discard.discardAll(cut);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProtocolStack stackOf(GroupChannel group) throws ReflectiveOperationException {
        Field attempt = GroupChannel.class.getDeclaredField("attempt");
        attempt.setAccessible(true);
        Field channel = attempt.getType().getDeclaredField("channel");
        channel.setAccessible(true);
        return ((JChannel) channel.get(attempt.get(group))).getProtocolStack();
    }

    void awaitMembers(int count) {
        await(
                "all of " + cluster + " see " + count + " members",
                () -> nodes.stream()
                        .allMatch(node -> node.channel().membership().members().size() == count));
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("too late: " + what).isLessThan(deadline);
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static void join(Thread thread) {
        try {
            thread.join(LONG.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            nodes.get(i).close();
        }
    }
}
