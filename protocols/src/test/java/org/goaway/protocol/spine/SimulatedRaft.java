package org.goaway.protocol.spine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.ReplicatedState;
import org.goaway.protocol.kit.LocalCluster;

/**
 * One agreed log as its users see it, with all that they have to stand: leaders change, and then some of the entries under
 * way are committed without an answer and the others are lost; answers get lost; members learn late who leads, and the one
 * that led before goes on for a while.
 */
final class SimulatedRaft {

    private static final class Voter {
        private ReplicatedState state;
        private int applied;
    }

    private record Proposal(Message entry, CompletableFuture<Message> answer) {}

    private final LocalCluster cluster;
    private final Supplier<ReplicatedState> newState;
    private final Map<MemberId, Voter> voters = new LinkedHashMap<>();
    private final Map<MemberId, MemberId> believed = new HashMap<>();
    private final List<Message> committed = new ArrayList<>();
    private final List<Proposal> underWay = new ArrayList<>();
    private MemberId leader;
    private boolean healed;

    SimulatedRaft(LocalCluster cluster, List<MemberId> voters, Supplier<ReplicatedState> newState) {
        this.cluster = cluster;
        this.newState = newState;
        for (MemberId id : voters) {
            this.voters.put(id, blank());
        }
    }

    List<MemberId> voters() {
        return List.copyOf(voters.keySet());
    }

    /** The log as {@code member} sees it; one that is told nothing has to ask the voters who leads. */
    ReplicatedLog log(MemberId member, boolean told) {
        return new ReplicatedLog() {
            @Override
            public Optional<MemberId> leader() {
                return told ? Optional.ofNullable(believed.get(member)) : Optional.empty();
            }

            @Override
            public CompletableFuture<Message> append(Message entry) {
                return SimulatedRaft.this.append(member, entry);
            }
        };
    }

    /** Some voter leads from now on. */
    void elect() {
        int kept = cluster.random().nextInt(underWay.size() + 1);
        for (Proposal proposal : underWay.subList(0, kept)) {
            committed.add(proposal.entry());
        }
        List<Proposal> unanswered = List.copyOf(underWay);
        underWay.clear();
        unanswered.forEach(this::failOrForget);
        leader = voters().get(cluster.random().nextInt(voters.size()));
        catchUp(leader);
        MemberId elected = leader;
        for (MemberId member : cluster.members()) {
            cluster.after(Duration.ofMillis(cluster.random().nextInt(300)), () -> {
                if (elected.equals(leader)) {
                    believed.put(member, elected);
                }
            });
        }
    }

    /** From now on no answer gets lost. */
    void heal() {
        healed = true;
    }

    /** A voter loses its state and gets another's by snapshot. */
    void restore() {
        List<MemberId> others =
                voters().stream().filter(voter -> !voter.equals(leader)).toList();
        Voter blank = blank();
        Voter source = voters.get(leader);
        blank.state.readFrom(pieces(source.state).iterator());
        blank.applied = source.applied;
        voters.put(others.get(cluster.random().nextInt(others.size())), blank);
    }

    /** Every voter's state once it has applied all, as pieces of a snapshot. */
    List<List<Message>> states() {
        voters.keySet().forEach(this::catchUp);
        return voters.values().stream().map(voter -> pieces(voter.state)).toList();
    }

    /** What a read of this member's own state gives, agreed or not. */
    Message readLocally(MemberId member, Message entry) {
        return voters.get(member).state.apply(entry);
    }

    private CompletableFuture<Message> append(MemberId member, Message entry) {
        Proposal proposal = new Proposal(entry, new CompletableFuture<>());
        if (!member.equals(leader)) {
            failOrForget(proposal);
        } else {
            underWay.add(proposal);
            cluster.after(Duration.ofMillis(1 + cluster.random().nextInt(10)), () -> commit(proposal));
        }
        return proposal.answer();
    }

    private void commit(Proposal last) {
        while (underWay.contains(last)) {
            Proposal next = underWay.remove(0);
            committed.add(next.entry());
            Message answer = catchUp(leader);
            if (healed || cluster.random().nextInt(20) > 0) {
                cluster.onLoop(leader, () -> next.answer().complete(answer));
            }
        }
    }

    private void failOrForget(Proposal proposal) {
        if (cluster.random().nextBoolean()) {
            proposal.answer().completeExceptionally(new IllegalStateException("does not lead"));
        }
    }

    private Message catchUp(MemberId id) {
        Voter voter = voters.get(id);
        Message answer = null;
        while (voter.applied < committed.size()) {
            answer = voter.state.apply(committed.get(voter.applied));
            voter.applied++;
        }
        return answer;
    }

    private Voter blank() {
        Voter voter = new Voter();
        voter.state = newState.get();
        return voter;
    }

    private static List<Message> pieces(ReplicatedState state) {
        List<Message> pieces = new ArrayList<>();
        state.writeTo(pieces::add);
        return pieces;
    }
}
