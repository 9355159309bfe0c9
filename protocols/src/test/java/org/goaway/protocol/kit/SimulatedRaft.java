package org.goaway.protocol.kit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.ReplicatedState;

/**
 * One agreed log as its users see it, with all that they have to stand: leaders change, and then some of the entries under
 * way are committed, answered late or never, and the others are lost; answers get lost; members learn late who leads, and
 * the one that led before goes on for a while. With {@link #supervise} a leader that lost its majority is followed by one
 * that has it.
 */
public final class SimulatedRaft {

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
    private final List<Message> answers = new ArrayList<>();
    private final List<Proposal> underWay = new ArrayList<>();
    private BiConsumer<Message, Message> watcher = (entry, answer) -> {};
    private MemberId leader;
    private boolean healed;

    public SimulatedRaft(LocalCluster cluster, List<MemberId> voters, Supplier<ReplicatedState> newState) {
        this.cluster = cluster;
        this.newState = newState;
        for (MemberId id : voters) {
            this.voters.put(id, blank());
        }
    }

    public List<MemberId> voters() {
        return List.copyOf(voters.keySet());
    }

    /** Who leads, whoever knows it; null before the first election. */
    public MemberId leader() {
        return leader;
    }

    /** Tells {@code watcher} of each entry that is committed from now on, at once and once, with its answer. */
    public void onCommitted(BiConsumer<Message, Message> watch) {
        watcher = watch;
    }

    /** The log as {@code member} sees it; one that is told nothing has to ask the voters who leads. */
    public ReplicatedLog log(MemberId member, boolean told) {
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

    /** Some voter that has a majority leads from now on; without one nothing changes. */
    public void elect() {
        List<MemberId> able = voters().stream().filter(this::hasMajority).toList();
        if (able.isEmpty()) {
            return;
        }
        MemberId deposed = leader;
        leader = able.get(cluster.random().nextInt(able.size()));
        int kept = cluster.random().nextInt(underWay.size() + 1);
        List<Proposal> unanswered = List.copyOf(underWay);
        underWay.clear();
        for (int i = 0; i < unanswered.size(); i++) {
            Proposal proposal = unanswered.get(i);
            if (i < kept) {
                commit(proposal.entry());
                answerLate(deposed, proposal);
            } else {
                failOrForget(proposal);
            }
        }
        cluster.members().forEach(member -> tell(member, leader));
    }

    /** Who led has heard from a majority before it voted for another, or never hears. */
    private void answerLate(MemberId deposed, Proposal proposal) {
        Message answer = answers.get(answers.size() - 1);
        if (deposed != null && cluster.random().nextBoolean()) {
            cluster.after(
                    Duration.ofMillis(cluster.random().nextInt(400)),
                    () -> cluster.onLoop(deposed, () -> proposal.answer().complete(answer)));
        } else {
            failOrForget(proposal);
        }
    }

    private void tell(MemberId member, MemberId elected) {
        cluster.after(Duration.ofMillis(cluster.random().nextInt(300)), () -> {
            if (!elected.equals(leader)) {
                return;
            }
            if (cluster.runs(member) && !cluster.firewall().isCut(elected, member)) {
                believed.put(member, elected);
            } else if (!cluster.crashed(member)) {
                tell(member, elected);
            }
        });
    }

    /** From now on a leader without a majority is followed by another after an election timeout. */
    public void supervise() {
        cluster.after(Duration.ofMillis(20), () -> {
            if (leader == null || !hasMajority(leader)) {
                Duration timeout = Duration.ofMillis(100 + cluster.random().nextInt(200));
                cluster.after(timeout, () -> {
                    if (leader == null || !hasMajority(leader)) {
                        elect();
                    }
                    supervise();
                });
            } else {
                supervise();
            }
        });
    }

    private boolean hasMajority(MemberId voter) {
        long reached = voters.keySet().stream()
                .filter(cluster::runs)
                .filter(other -> !cluster.firewall().isCut(voter, other)
                        && !cluster.firewall().isCut(other, voter))
                .count();
        return cluster.runs(voter) && reached > voters.size() / 2;
    }

    /** From now on no answer gets lost. */
    public void heal() {
        healed = true;
    }

    /** A voter loses its state and gets another's by snapshot. */
    public void restore() {
        List<MemberId> others =
                voters().stream().filter(voter -> !voter.equals(leader)).toList();
        Voter blank = blank();
        Voter source = voters.get(leader);
        blank.state.readFrom(pieces(source.state).iterator());
        blank.applied = source.applied;
        voters.put(others.get(cluster.random().nextInt(others.size())), blank);
    }

    /** Every voter's state once it has applied all, as pieces of a snapshot. */
    public List<List<Message>> states() {
        voters.keySet().forEach(this::catchUp);
        return voters.values().stream().map(voter -> pieces(voter.state)).toList();
    }

    /** What a read of this member's own state gives, agreed or not. */
    public Message readLocally(MemberId member, Message entry) {
        return voters.get(member).state.apply(entry);
    }

    /** Puts {@code entry} into the log at once. */
    public void commit(Message entry) {
        committed.add(entry);
        catchUp(leader == null ? voters().get(0) : leader);
    }

    private CompletableFuture<Message> append(MemberId member, Message entry) {
        Proposal proposal = new Proposal(entry, new CompletableFuture<>());
        if (!member.equals(leader)) {
            failOrForget(proposal);
        } else {
            underWay.add(proposal);
            replicate(proposal);
        }
        return proposal.answer();
    }

    private void replicate(Proposal proposal) {
        cluster.after(Duration.ofMillis(1 + cluster.random().nextInt(10)), () -> {
            if (hasMajority(leader)) {
                commitUpTo(proposal);
            } else if (underWay.contains(proposal)) {
                replicate(proposal);
            }
        });
    }

    private void commitUpTo(Proposal last) {
        while (underWay.contains(last)) {
            Proposal next = underWay.remove(0);
            commit(next.entry());
            Message answer = answers.get(answers.size() - 1);
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

    private void catchUp(MemberId id) {
        Voter voter = voters.get(id);
        while (voter.applied < committed.size()) {
            Message entry = committed.get(voter.applied);
            Message answer = voter.state.apply(entry);
            voter.applied++;
            if (answers.size() < voter.applied) {
                answers.add(answer);
                watcher.accept(entry, answer);
            }
        }
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
