package org.goaway.internal.cluster;

import java.io.DataInput;
import java.io.DataOutput;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.protocol.MemberId;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.fork.ForkChannel;
import org.jgroups.protocols.raft.ELECTION;
import org.jgroups.protocols.raft.InMemoryLog;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.raft.StateMachine;
import org.jgroups.stack.IpAddress;

/**
 * What bare jgroups-raft does on GoAway's own stack: three voters in this JVM over loopback TCP, as jgroups-raft comes, with
 * a state machine that does nothing. The measure for the strict store; compare within one run only.
 */
public final class RaftBaseline implements AutoCloseable {

    private static final int VOTERS = 3;

    private final List<JChannel> channels = new ArrayList<>();
    private final List<RAFT> voters = new ArrayList<>();

    /** Forms the group and returns when it has a leader. */
    public RaftBaseline() throws Exception {
        Entry entry = Entry.founder();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < VOTERS; i++) {
            InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            ChannelConfig config = new ChannelConfig(
                    "baseline", "bare-" + i, false, List.of(), 2, false, Stack.LOCAL, bind, Optional.empty(), entry);
            JChannel channel = Stacks.channel(config).connect("baseline");
            channels.add(channel);
            MemberId member = Dispatcher.memberOf(channel.getAddress());
            ids.add(Stacks.raftId(member.high(), member.low()));
            IpAddress at = (IpAddress) channels.get(0)
                    .down(new Event(Event.GET_PHYSICAL_ADDRESS, channels.get(0).getAddress()));
            entry = Entry.joiner(new InetSocketAddress(at.getIpAddress(), at.getPort()), Duration.ofSeconds(10));
        }
        for (int i = 0; i < VOTERS; i++) {
            RAFT raft = new RAFT()
                    .raftId(ids.get(i))
                    .members(ids)
                    .logClass(InMemoryLog.class.getName())
                    .logPrefix(ids.get(i))
                    .resendInterval(10)
                    .maxLogSize(128 << 20)
                    .stateMachine(new Nothing());
            voters.add(raft);
            new ForkChannel(channels.get(i), "raft", "raft", new ELECTION(), raft).connect("raft");
        }
        while (voters.stream().noneMatch(RAFT::isLeader)) {
            Thread.sleep(1);
        }
    }

    /** Sets a command at the leader. */
    public CompletableFuture<byte[]> set(byte[] command) {
        RAFT leader = voters.stream().filter(RAFT::isLeader).findFirst().orElseThrow();
        return leader.setAsync(command, 0, command.length, null);
    }

    @Override
    public void close() {
        for (int i = channels.size() - 1; i >= 0; i--) {
            channels.get(i).close();
        }
    }

    /** Prints the median of one set at a time and the rate of 64 in flight, five times. */
    public static void main(String[] args) throws Exception {
        try (RaftBaseline baseline = new RaftBaseline()) {
            for (int run = 0; run < 5; run++) {
                System.out.printf(
                        "bare jgroups-raft set: %.1f µs one at a time, %.0f/s with 64 in flight%n",
                        median(baseline, 5_000) / 1e3, rate(baseline, 50_000));
            }
        }
    }

    private static long median(RaftBaseline baseline, int count) throws Exception {
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long began = System.nanoTime();
            baseline.set(new byte[100]).get();
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        return nanos[count / 2];
    }

    private static double rate(RaftBaseline baseline, int count) throws InterruptedException {
        Semaphore inFlight = new Semaphore(64);
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            inFlight.acquire();
            CompletableFuture<byte[]> unused =
                    baseline.set(new byte[100]).whenComplete((answer, failure) -> inFlight.release());
        }
        inFlight.acquire(64);
        return count * 1e9 / (System.nanoTime() - began);
    }

    private static final class Nothing implements StateMachine {
        @Override
        public byte[] apply(byte[] data, int offset, int length, boolean serializeResponse) {
            return null;
        }

        @Override
        public void readContentFrom(DataInput in) {}

        @Override
        public void writeContentTo(DataOutput out) {}
    }
}
