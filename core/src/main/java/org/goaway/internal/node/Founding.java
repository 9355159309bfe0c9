package org.goaway.internal.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.GoAwayException;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Membership;
import org.goaway.internal.cluster.Requests;
import org.goaway.internal.node.FoundingMessage.Answer;
import org.goaway.internal.node.FoundingMessage.Ask;
import org.goaway.internal.node.FoundingMessage.Begin;
import org.goaway.internal.node.FoundingMessage.Join;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.membership.Found;
import org.goaway.protocol.membership.Founded;
import org.goaway.protocol.spine.Spine;

/**
 * Makes one cluster of the members that the founder sees: it tells them who votes, has the first epoch agreed on by the
 * voters' log, and tells all that it holds. A member belongs to the first founder that asks it and refuses every other.
 * Each field has one writer: {@code founder} and {@code runs} the working thread, {@code begun} the event loop.
 */
final class Founding {

    private static final Logger LOG = LogManager.getLogger(Founding.class);

    static final Duration STEP = Duration.ofSeconds(20);

    private final Membership membership;
    private final Requests requests;
    private final Spine spine;
    private final Executor loop;
    private final Duration lease;
    private final Consumer<Join> joins;
    private final CompletableFuture<Epoch> begun = new CompletableFuture<>();
    private volatile Optional<MemberId> founder = Optional.empty();
    private volatile boolean runs;

    /**
     * @param lease which all members must have
     * @param work one thread that may block
     * @param joins called on that thread once, when this member belongs to a cluster
     * @param begins called on the loop with the first epoch, if this member is of the founding
     */
    Founding(
            Membership membership,
            Requests requests,
            Spine spine,
            Duration lease,
            Executor loop,
            Executor work,
            Consumer<Join> joins,
            Consumer<Epoch> begins) {
        this.membership = membership;
        this.requests = requests;
        this.spine = spine;
        this.loop = loop;
        this.lease = lease;
        this.joins = joins;
        requests.handle(Ask.class, (from, ask) -> CompletableFuture.completedFuture(willJoin(from)), work);
        requests.handle(Join.class, (from, join) -> CompletableFuture.completedFuture(onJoin(join)), work);
        requests.handle(Begin.class, (from, begin) -> CompletableFuture.completedFuture(onBegin(begin, begins)), loop);
    }

    /** Completed, on the loop, with the first epoch once this member may begin. */
    CompletableFuture<Epoch> begun() {
        return begun;
    }

    /** The founder of the cluster that this member belongs to; empty before that. */
    Optional<MemberId> founder() {
        return founder;
    }

    /** Whether this member was invited to a cluster that runs, which is to take it in. */
    boolean isInvited() {
        return runs;
    }

    /** The founder without whom this member's cluster will not begin; empty: none yet, or the cluster runs already. */
    Optional<MemberId> awaited() {
        return runs ? Optional.empty() : founder;
    }

    /** Asks {@code members} whether they would join; the future fails with {@link Refused} if one would not. Any thread. */
    CompletableFuture<Void> ask(List<MemberInfo> members) {
        return all(members, new Ask());
    }

    /**
     * Founds a cluster of {@code members}; the future ends when all of them may begin. Any thread.
     *
     * @param self the founder
     */
    CompletableFuture<Void> found(MemberId self, List<MemberInfo> members, int votersWanted, Duration atMost) {
        Set<MemberId> ids = members.stream().map(MemberInfo::id).collect(Collectors.toSet());
        List<MemberId> voters = Voters.choose(members, votersWanted);
        LOG.info("founding a cluster of {}; voters {}", members, voters);
        long end = System.nanoTime() + atMost.toNanos();
        return all(members, new Join(self, voters.get(0), voters, votersWanted, lease.toNanos(), false))
                .thenComposeAsync(joined -> agree(new Found(Epoch.founding(ids)), end), loop)
                .thenCompose(agreed -> all(members, new Begin(((Founded) agreed).epoch())));
    }

    /** Repeats the command, which is decided once, as long as the voters have no leader. */
    private CompletableFuture<Message> agree(Found found, long end) {
        return spine.submit(found)
                .exceptionallyCompose(failure ->
                        System.nanoTime() - end < 0 ? agree(found, end) : CompletableFuture.failedFuture(failure));
    }

    private Answer willJoin(MemberId from) {
        if (founder.isEmpty() || founder.get().equals(from)) {
            return Answer.YES;
        }
        Optional<MemberInfo> there = membership.member(founder.get());
        return new Answer(
                "it belongs to the cluster that "
                        + there.map(MemberInfo::toString).orElse("another member")
                        + " founded; end that one, or use another 'cluster' name",
                there.isPresent());
    }

    private Answer onJoin(Join join) {
        if (join.leaseNanos() != lease.toNanos()) {
            return new Answer(
                    "its 'lease' is " + lease.toMillis() + " ms and the cluster's "
                            + Duration.ofNanos(join.leaseNanos()).toMillis() + " ms; give all members the same one",
                    true);
        }
        if (founder.isEmpty()) {
            runs = join.running();
            founder = Optional.of(join.founder()); // it may not have introduced itself here yet
            joins.accept(join);
        }
        return willJoin(join.founder());
    }

    private Answer onBegin(Begin begin, Consumer<Epoch> begins) {
        if (!begun.isDone()) {
            begins.accept(begin.epoch());
        }
        return Answer.YES;
    }

    /** This member has learned an epoch. */
    void onEpoch(Epoch learned) {
        begun.complete(learned);
    }

    private CompletableFuture<Void> all(List<MemberInfo> members, Message question) {
        Map<MemberInfo, CompletableFuture<Message>> answers = new LinkedHashMap<>();
        members.forEach(member -> answers.put(member, requests.request(member.id(), question, STEP)));
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenRun(() -> refuse(answers));
    }

    private static void refuse(Map<MemberInfo, CompletableFuture<Message>> answers) {
        List<String> refusals = new ArrayList<>();
        boolean lasting = false;
        for (Map.Entry<MemberInfo, CompletableFuture<Message>> asked : answers.entrySet()) {
            Answer answer = (Answer) asked.getValue().join();
            if (answer.refusal() != null) {
                refusals.add(asked.getKey() + " refuses: " + answer.refusal());
                lasting |= answer.lasting();
            }
        }
        if (!refusals.isEmpty()) {
            throw new Refused("cannot found the cluster: " + String.join("; ", refusals), lasting);
        }
    }

    /** A member would not join. */
    static final class Refused extends GoAwayException {

        private static final long serialVersionUID = 1L;

        private final boolean lasting;

        Refused(String message, boolean lasting) {
            super(message);
            this.lasting = lasting;
        }

        /** Whether it is no use to ask again soon. */
        boolean isLasting() {
            return lasting;
        }
    }
}
