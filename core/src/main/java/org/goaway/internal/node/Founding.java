package org.goaway.internal.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Membership;
import org.goaway.internal.cluster.Requests;
import org.goaway.internal.node.FoundingMessage.Answer;
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
 * Each field has one writer: {@code founder} the working thread, {@code begun} the event loop.
 */
final class Founding {

    private static final Logger LOG = LogManager.getLogger(Founding.class);

    private static final Duration STEP = Duration.ofSeconds(20);

    private final Membership membership;
    private final Requests requests;
    private final Spine spine;
    private final Executor loop;
    private final Consumer<List<MemberId>> joins;
    private final CompletableFuture<Epoch> begun = new CompletableFuture<>();
    private volatile Optional<MemberId> founder = Optional.empty();

    /**
     * @param work one thread that may block
     * @param joins called on that thread with the voters when this member belongs to a founder
     * @param begins called on the loop with the agreed epoch
     */
    Founding(
            Membership membership,
            Requests requests,
            Spine spine,
            Executor loop,
            Executor work,
            Consumer<List<MemberId>> joins,
            Consumer<Epoch> begins) {
        this.membership = membership;
        this.requests = requests;
        this.spine = spine;
        this.loop = loop;
        this.joins = joins;
        requests.handle(Join.class, (from, join) -> CompletableFuture.completedFuture(onJoin(from, join)), work);
        requests.handle(
                Begin.class,
                (from, begin) -> {
                    if (!begun.isDone()) {
                        begins.accept(begin.epoch());
                        begun.complete(begin.epoch());
                    }
                    return CompletableFuture.completedFuture(new Answer(null));
                },
                loop);
    }

    /** Completed, on the loop, with the first epoch once this member may begin. */
    CompletableFuture<Epoch> begun() {
        return begun;
    }

    /** The founder of the cluster that this member belongs to; empty before that. */
    Optional<MemberId> founder() {
        return founder;
    }

    /** Founds a cluster of {@code members}; the future ends when all of them may begin. Any thread. */
    CompletableFuture<Void> found(List<MemberInfo> members, int votersWanted) {
        List<MemberId> ids = members.stream().map(MemberInfo::id).toList();
        List<MemberId> voters = Voters.choose(members, votersWanted);
        LOG.info("founding a cluster of {}; voters {}", members, voters);
        return all(members, new Join(voters))
                .thenComposeAsync(joined -> spine.submit(new Found(Epoch.founding(java.util.Set.copyOf(ids)))), loop)
                .thenCompose(agreed -> all(members, new Begin(((Founded) agreed).epoch())));
    }

    private Answer onJoin(MemberId from, Join join) {
        if (founder.isEmpty()) {
            founder = Optional.of(from); // it may not have introduced itself here yet
            joins.accept(join.voters());
        }
        boolean same = founder.filter(from::equals).isPresent();
        return new Answer(
                same
                        ? null
                        : "it belongs to the cluster that "
                                + founder.flatMap(membership::member)
                                        .map(MemberInfo::toString)
                                        .orElse("another member")
                                + " founded; end it, or use another 'cluster' name");
    }

    private CompletableFuture<Void> all(List<MemberInfo> members, Message question) {
        Map<String, CompletableFuture<Message>> answers = new TreeMap<>();
        members.forEach(member -> answers.put(member.toString(), requests.request(member.id(), question, STEP)));
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenRun(() -> refuse(answers));
    }

    private static void refuse(Map<String, CompletableFuture<Message>> answers) {
        List<String> refusals = new ArrayList<>();
        answers.forEach((member, answer) -> {
            String refusal = ((Answer) answer.join()).refusal();
            if (refusal != null) {
                refusals.add(member + " refuses: " + refusal);
            }
        });
        if (!refusals.isEmpty()) {
            throw new org.goaway.GoAwayException(
                    "cannot found the cluster: " + refusals.stream().collect(Collectors.joining("; ")));
        }
    }
}
