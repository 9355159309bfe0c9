package org.goaway.protocol.spine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.Transport;
import org.goaway.protocol.spine.SpineMessage.Leads;
import org.goaway.protocol.spine.SpineMessage.NotLeading;
import org.goaway.protocol.spine.SpineMessage.Replies;
import org.goaway.protocol.spine.SpineMessage.Submit;
import org.goaway.protocol.spine.SpineMessage.WhoLeads;
import org.goaway.protocol.strict.Notice;

/**
 * A member's way into the replicated log, and the leader's side of it.
 *
 * <p>A command is sent to whoever leads, again after a second, or later where much is under way, or as soon as another one
 * leads, until it is answered or its bound is over. It takes effect at most once whatever is lost or doubled on the way.
 * Nothing here is bound to an epoch: the log itself orders commands and epochs. One writer: the event loop.
 */
public final class Spine implements Protocol {

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    private final ReplicatedLog log;
    private final Executor loop;
    private final Duration timeout;
    private final Outbox outbox;
    private final Proposer proposer;
    private final LeaderHint hint;
    private final Set<MemberId> gone = new HashSet<>();
    private List<MemberId> voters = List.of();
    private boolean flushing;
    private long answeredAt;

    /**
     * @param loop runs what it is given after the inputs that wait already, so that their commands share a message
     * @param timeout an operation's bound
     */
    public Spine(MemberId self, Transport transport, Clock clock, ReplicatedLog log, Executor loop, Duration timeout) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
        this.log = log;
        this.loop = loop;
        this.timeout = timeout;
        this.outbox = new Outbox(self, timeout.toNanos());
        this.proposer = new Proposer(log, clock, this::onApplied, this::onFailed);
        this.hint = new LeaderHint(self, transport, clock);
        this.answeredAt = clock.nanos();
    }

    /** The cluster was founded with these voters. What was submitted before waits for a leader. */
    public void onFounded(List<MemberId> founders) {
        // Who came in later may have heard already that others vote.
        if (voters.isEmpty()) {
            onVoters(founders);
        }
    }

    /** These vote from now on. */
    public void onVoters(List<MemberId> now) {
        voters = List.copyOf(now);
        flushLater();
    }

    /**
     * Brings {@code command} into the log and returns its answer. Called on the loop. The future fails with a
     * {@link ProtocolException}: UNKNOWN after the bound, or NOT_DONE if it never was sent to a leader.
     */
    public CompletableFuture<Message> submit(Message command) {
        CompletableFuture<Message> answer = outbox.add(command, clock.nanos());
        flushLater();
        return answer;
    }

    /** How many entries this member has brought into the log while it led. Any thread. */
    public long rounds() {
        return proposer.entries();
    }

    /** When the log last answered a command of this member, other than by rejecting or having forgotten it; at first when this was made. */
    public long answeredAt() {
        return answeredAt;
    }

    private void flushLater() {
        if (!flushing) {
            flushing = true;
            loop.execute(() -> {
                flushing = false;
                flush();
            });
        }
    }

    private void flush() {
        // What a leader submits itself is packed by the proposer.
        if (outbox.isDue() || leads()) {
            sendUnsent(clock.nanos());
        }
        propose();
    }

    private void sendUnsent(long now) {
        leader().ifPresent(leader -> send(leader, outbox.takeUnsent(leader, now)));
    }

    private void propose() {
        if (leads()) {
            proposer.flush();
        } else {
            proposer.stop();
        }
    }

    private boolean leads() {
        return log.leader().filter(self::equals).isPresent();
    }

    private Optional<MemberId> leader() {
        return log.leader().or(hint::leader);
    }

    private void send(MemberId leader, List<Command> commands) {
        if (leader.equals(self)) {
            proposer.add(commands);
            return;
        }
        List<Command> pack = new ArrayList<>();
        long bytes = 0;
        for (Command command : commands) {
            long weight = Weight.of(command.body());
            if (bytes + weight > Proposer.MAX_BYTES && !pack.isEmpty()) {
                transport.send(leader, new Submit(pack));
                pack = new ArrayList<>();
                bytes = 0;
            }
            pack.add(command);
            bytes += weight;
        }
        if (!pack.isEmpty()) {
            transport.send(leader, new Submit(pack));
        }
    }

    @Override
    public void onMessage(MemberId from, Message message) {
        gone.remove(from);
        if (message instanceof Submit submit) {
            onSubmit(from, submit);
        } else if (message instanceof Replies replies) {
            onReplies(replies.replies());
        } else if (message instanceof NotLeading other) {
            hint.onNotLeading(from, other.leader());
            outbox.onRefused(from, other.sequences());
        } else if (message instanceof WhoLeads) {
            transport.send(from, new Leads(log.leader().orElse(null)));
        } else if (message instanceof Leads leads) {
            hint.onLeads(leads.leader());
            flushLater();
        } else {
            throw new IllegalArgumentException("not a message of the spine: " + message);
        }
    }

    private void onSubmit(MemberId from, Submit submit) {
        if (leads()) {
            proposer.add(submit.commands());
            flushLater();
        } else {
            List<Long> sequences =
                    submit.commands().stream().map(Command::sequence).toList();
            transport.send(from, new NotLeading(log.leader().orElse(null), sequences));
        }
    }

    private void onReplies(List<Reply> replies) {
        for (Reply reply : replies) {
            Outbox.Pending answered = outbox.remove(reply.sequence());
            if (answered == null) {
                continue;
            }
            if (reply.answer() instanceof Rejected rejected) {
                answered.future.completeExceptionally(new ProtocolException(Outcome.NOT_DONE, rejected.reason()));
            } else if (reply.answer() instanceof Forgotten) {
                answered.future.completeExceptionally(new ProtocolException(
                        Outcome.UNKNOWN,
                        "the cluster has dropped this member meanwhile, and does not know whether this was done"));
            } else {
                answeredAt = clock.nanos();
                answered.future.complete(reply.answer());
            }
        }
        flushLater();
    }

    /** An entry was applied at this member while it led: its clients and watchers hear of it from here. */
    private void onApplied(Applied applied) {
        Map<MemberId, List<Reply>> byClient = new LinkedHashMap<>();
        applied.replies()
                .forEach(reply -> byClient.computeIfAbsent(reply.client(), client -> new ArrayList<>())
                        .add(reply));
        byClient.forEach((client, replies) -> {
            if (client.equals(self)) {
                onReplies(replies);
            } else {
                transport.send(client, new Replies(replies));
            }
        });
        for (Notice notice : applied.notices()) {
            notice.watchers().forEach(watcher -> transport.send(watcher, notice.changed()));
        }
        applied.wakeups().forEach(wakeup -> transport.send(wakeup.member(), wakeup.woken()));
    }

    /** The log did not take these commands, or may have: their clients are to repeat them, at whoever leads. */
    private void onFailed(List<Command> commands) {
        Map<MemberId, List<Long>> byClient = new LinkedHashMap<>();
        commands.forEach(command -> byClient.computeIfAbsent(command.client(), client -> new ArrayList<>())
                .add(command.sequence()));
        byClient.forEach((client, sequences) -> {
            if (client.equals(self)) {
                outbox.onRefused(self, sequences);
            } else {
                transport.send(client, new NotLeading(log.leader().orElse(null), sequences));
            }
        });
    }

    @Override
    public void onTick(long nanos) {
        for (Outbox.Pending expired : outbox.takeExpired(nanos)) {
            expired.future.completeExceptionally(expired(expired));
        }
        if (!outbox.isEmpty()) {
            hint.onTick(nanos, log.leader().isPresent(), voters, outbox);
            leader().ifPresent(leader -> send(leader, outbox.takeDue(leader, nanos)));
        }
        proposer.onTick(nanos);
        // Whether due or not: what is under way may never be answered.
        sendUnsent(nanos);
        propose();
    }

    private ProtocolException expired(Outbox.Pending command) {
        List<MemberId> missing = voters.stream().filter(gone::contains).toList();
        boolean majorityGone = voters.size() - missing.size() < voters.size() / 2 + 1;
        String why = majorityGone && !missing.isEmpty()
                ? missing.size() + " of the " + voters.size() + " voters of the cluster's log are gone: " + missing
                : leader().map(leader -> "the log's leader " + leader + " did not answer")
                        .orElse("the cluster's log has no leader");
        String late = " within " + timeout.toMillis() + " ms: " + why;
        return command.wasSent()
                ? new ProtocolException(Outcome.UNKNOWN, "no answer" + late)
                : new ProtocolException(Outcome.NOT_DONE, "nothing was sent" + late);
    }

    @Override
    public void onEpoch(Epoch epoch) {
        // The log orders commands and epochs alike; no command depends on the epoch its client knows.
    }

    @Override
    public void onGone(MemberId member) {
        gone.add(member);
        hint.onGone(member);
    }
}
