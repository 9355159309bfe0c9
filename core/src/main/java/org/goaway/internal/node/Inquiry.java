package org.goaway.internal.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Requests;
import org.goaway.internal.task.Tasks;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/** Asks the members how they stand, and answers for this one. It changes nothing. Safe for any thread. */
record Inquiry(
        String cluster,
        MemberInfo self,
        Members members,
        NodeProtocols protocols,
        Supplier<Optional<MemberId>> leader,
        Tasks tasks,
        Requests requests) {

    /** A member that takes longer is shown as one that does not answer. */
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    /** Answers what other members ask, on the event loop. */
    void answer(Executor loop) {
        requests.handle(Standing.Ask.class, (from, ask) -> standing(), loop);
    }

    private CompletableFuture<Message> standing() {
        long epoch = protocols.epochs().epoch().map(Epoch::number).orElse(0L);
        boolean leads = leader.get().filter(self.id()::equals).isPresent();
        boolean leased = protocols.epochs().lease().isHeld();
        int objects = protocols.objects();
        return tasks.report().thenApply(some -> new Standing(epoch, leads, leased, objects, tasks.count(), some));
    }

    /** What all members that are present say, within five seconds. */
    CompletableFuture<ClusterReport> ask() {
        List<CompletableFuture<ClusterReport.OfMember>> answers = members.present().stream()
                .map(member -> requests.request(member.id(), new Standing.Ask(), AT_MOST)
                        .handle((answer, failure) -> of(member, failure == null ? (Standing) answer : null)))
                .toList();
        return CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]))
                .thenApply(all -> new ClusterReport(
                        cluster,
                        members.self().name(),
                        ProcessHandle.current().pid(),
                        answers.stream().map(CompletableFuture::join).toList()));
    }

    private ClusterReport.OfMember of(MemberInfo member, Standing said) {
        boolean answered = said != null;
        Standing known = answered ? said : new Standing(0, false, false, 0, 0, List.of());
        return new ClusterReport.OfMember(
                member.name(),
                member.host(),
                member.port(),
                member.spawner(),
                answered,
                known.epoch(),
                known.leads(),
                known.leased(),
                known.objects(),
                known.count(),
                known.tasks().stream()
                        .map(task -> new ClusterReport.OfTask(
                                task.name(),
                                members.member(task.spawner()).name(),
                                task.attempt(),
                                task.running(),
                                task.does()))
                        .toList());
    }
}
