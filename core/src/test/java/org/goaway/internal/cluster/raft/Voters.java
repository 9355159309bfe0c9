package org.goaway.internal.cluster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.goaway.internal.cluster.raft.RaftMessage.Invite;
import org.goaway.internal.wire.MessageCodec;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;

/** Voters of one log in this JVM, joined by a network that can be cut. Members have the numbers 1, 2, … */
final class Voters implements AutoCloseable {

    private static final MemberId CLUSTER = new MemberId(0, 1);
    private static final MessageCodec CODEC = MessageCodec.builder()
            .type(1, MemberId.class)
            .type(2, Journal.Put.class)
            .type(3, Journal.Seen.class)
            .scalar(4, Value.class, Value::bytes, Value::of)
            .build();

    private final long maxLogBytes;
    private final Map<MemberId, Voter> voters = new ConcurrentHashMap<>();
    private final Set<Set<MemberId>> cuts = ConcurrentHashMap.newKeySet();
    private final Set<MemberId> muted = ConcurrentHashMap.newKeySet();
    private final List<MemberId> founders = new ArrayList<>();

    /** One member; it votes once {@link #node} is there. */
    final class Voter implements Transport {
        private final MemberId id;
        private final Journal journal = new Journal();
        private final ExecutorService wire = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Voters::thread, new DiscardPolicy());
        private final Queue<Error> undecodable = new ConcurrentLinkedQueue<>();
        private final Queue<Error> unexecutable = new ConcurrentLinkedQueue<>();
        private final AtomicInteger broken = new AtomicInteger();
        private volatile RaftNode node;

        private Voter(MemberId id) {
            this.id = id;
        }

        private void start(List<MemberId> first) throws Exception {
            RaftNode made = new RaftNode(
                    new RaftNode.Settings("voter-" + id, id, CLUSTER, first, maxLogBytes),
                    new RaftNode.Ports(
                            this,
                            bytes(),
                            () -> present(id),
                            this::execute,
                            this::execute,
                            () -> {},
                            broken::incrementAndGet),
                    journal);
            made.start();
            node = made;
        }

        private void execute(Runnable task) {
            Error failure = unexecutable.poll();
            if (failure != null) {
                throw failure;
            }
            task.run();
        }

        private MessageBytes bytes() {
            Bytes bytes = new Bytes();
            return new MessageBytes() {
                @Override
                public byte[] encode(Message message) {
                    return bytes.encode(message);
                }

                @Override
                public Message decode(byte[] encoded, int offset, int length) {
                    Error failure = undecodable.poll();
                    if (failure != null) {
                        throw failure;
                    }
                    return bytes.decode(encoded, offset, length);
                }
            };
        }

        MemberId id() {
            return id;
        }

        /** Its next tries to decode an entry end with these. */
        void failToDecodeBy(Error... failures) {
            undecodable.addAll(List.of(failures));
        }

        /** Its loop refuses the next tasks by these. */
        void failToExecuteBy(Error... failures) {
            unexecutable.addAll(List.of(failures));
        }

        /** How often it has told that it is broken. */
        int broken() {
            return broken.get();
        }

        Journal journal() {
            return journal;
        }

        RaftNode node() {
            return node;
        }

        @Override
        public void send(MemberId to, Message message) {
            Voter there = voters.get(to);
            if (there == null || !reach(id, to) || muted.contains(id)) {
                return;
            }
            there.wire.execute(() -> {
                if (!reach(id, to)) {
                    return;
                }
                if (there.node != null) {
                    there.node.onMessage(id, (RaftMessage) message);
                } else if (message instanceof Invite invite) {
                    try {
                        there.start(invite.voters());
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
        }

        @Override
        public void multicast(Collection<MemberId> to, Message message) {
            to.stream().filter(member -> !member.equals(id)).forEach(member -> send(member, message));
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        return thread;
    }

    record Bytes() implements MessageBytes {
        @Override
        public byte[] encode(Message message) {
            return CODEC.encode((Record) message);
        }

        @Override
        public Message decode(byte[] bytes, int offset, int length) {
            return (Message) CODEC.decode(bytes, offset, length);
        }
    }

    Voters(long maxLogBytes) {
        this.maxLogBytes = maxLogBytes;
    }

    /** A log of so many voters. */
    static Voters of(int count, long maxLogBytes) {
        Voters all = new Voters(maxLogBytes);
        for (int i = 1; i <= count; i++) {
            all.founders.add(all.add(i).id);
        }
        for (MemberId founder : all.founders) {
            try {
                all.voter(founder).start(all.founders);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return all;
    }

    /** Adds a member that does not vote. */
    Voter add(long number) {
        Voter voter = new Voter(new MemberId(0, number));
        voters.put(voter.id, voter);
        return voter;
    }

    static MemberId id(long number) {
        return new MemberId(0, number);
    }

    Voter voter(MemberId id) {
        return voters.get(id);
    }

    List<MemberId> founders() {
        return founders;
    }

    Collection<Voter> all() {
        return voters.values();
    }

    private List<MemberId> present(MemberId self) {
        return voters.keySet().stream()
                .filter(other -> reach(self, other))
                .sorted()
                .toList();
    }

    private boolean reach(MemberId one, MemberId other) {
        return one.equals(other) || !cuts.contains(Set.of(one, other));
    }

    /** Cuts these off from all others. */
    void cut(Set<MemberId> minority) {
        for (MemberId one : minority) {
            for (MemberId other : voters.keySet()) {
                if (!minority.contains(other)) {
                    cuts.add(Set.of(one, other));
                }
            }
        }
    }

    /** Lets nothing that this one sends arrive. */
    void cutOneWay(MemberId mute) {
        muted.add(mute);
    }

    void heal() {
        cuts.clear();
        muted.clear();
    }

    void kill(MemberId id) {
        voters.remove(id).node.close();
    }

    /** The members that vote or have voted. */
    Set<MemberId> voting() {
        Set<MemberId> voting = new HashSet<>();
        voters.values().stream().filter(voter -> voter.node != null).forEach(voter -> voting.add(voter.id));
        return voting;
    }

    /** The leader on whom all that vote agree, waited for. */
    Voter leader() {
        return leader(voting());
    }

    /** The leader on whom all of {@code members} agree, waited for. */
    Voter leader(Set<MemberId> members) {
        return await("a leader of " + members, () -> {
            Set<MemberId> leaders = new HashSet<>();
            for (MemberId member : members) {
                RaftNode node = voters.get(member).node;
                leaders.add(node == null ? null : node.standing().leader().orElse(null));
            }
            MemberId one = leaders.size() == 1 ? leaders.iterator().next() : null;
            return members.contains(one) ? voters.get(one) : null;
        });
    }

    CompletableFuture<Message> put(Voter at, int key, int bytes) {
        return at.node.append(new Journal.Put(key, Value.of(new byte[bytes])));
    }

    /** Appends until some leader says that it was applied; as clients do, who make nothing of repetitions. */
    void putSurely(int key, int bytes) {
        putSurely(this::leader, key, bytes);
    }

    /** As the other, where only these are in reach. */
    void putSurely(Set<MemberId> members, int key, int bytes) {
        putSurely(() -> leader(members), key, bytes);
    }

    private void putSurely(Supplier<Voter> leader, int key, int bytes) {
        await("entry " + key, () -> {
            Voter at = leader.get();
            try {
                return put(at, key, bytes).orTimeout(1, TimeUnit.SECONDS).join();
            } catch (CompletionException notSurely) {
                return null;
            }
        });
    }

    void awaitEqual(Collection<MemberId> members) {
        await("equal states of " + members, () -> {
            Map<Journal.Seen, Integer> states = new HashMap<>();
            members.forEach(member -> states.merge(voters.get(member).journal.seen(), 1, Integer::sum));
            return states.size() == 1 ? states : null;
        });
    }

    static <T> T await(String what, Supplier<T> value) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        for (T got = value.get(); ; got = value.get()) {
            if (got != null) {
                return got;
            }
            assertThat(System.nanoTime()).as("too late: " + what).isLessThan(deadline);
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static void awaitTrue(String what, BooleanSupplier condition) {
        await(what, () -> condition.getAsBoolean() ? what : null);
    }

    @Override
    public void close() {
        for (Voter voter : voters.values()) {
            if (voter.node != null) {
                voter.node.close();
            }
            voter.wire.shutdownNow();
        }
    }
}
