package org.goaway.internal.task;

import java.util.function.Predicate;
import org.goaway.MemberLeftException;
import org.goaway.TaskOptions;
import org.goaway.TaskStatus;
import org.goaway.internal.task.Result.Ending;
import org.goaway.internal.task.SpawnedTask.Outcome;
import org.goaway.internal.task.TaskHost.TaskMember;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.task.Assignable;

/**
 * A task that has been started, as the protocol sees it.
 *
 * @param eligible which members may run it
 * @param group what it is part of; null: it stands alone
 * @param host knows members by their ids
 * @param ends takes how it ended
 */
record SentTask(
        SpawnedTask<?> task,
        Work work,
        Predicate<TaskMember> eligible,
        Placement placement,
        SpawnedGroup<?, ?> group,
        TaskHost host,
        Ends ends)
        implements Assignable {

    /** A larger envelope goes to its target only. */
    private static final int LARGE = 8 << 10;

    /** Takes the ends of tasks. Must not block. */
    @FunctionalInterface
    interface Ends {
        void ended(SpawnedTask<?> task, Outcome outcome);
    }

    @Override
    public Message content() {
        return work;
    }

    @Override
    public int bytes() {
        return work.bytes();
    }

    @Override
    public boolean isBound() {
        return options().member().isPresent();
    }

    @Override
    public boolean isUnlimited() {
        return work.virtual();
    }

    @Override
    public boolean isShared() {
        return work.work().length <= LARGE && !isBound();
    }

    @Override
    public int retries() {
        return options().retries();
    }

    private TaskOptions options() {
        return task.options();
    }

    @Override
    public MemberId place(Predicate<MemberId> usable) {
        TaskMember member = placement.place(candidate -> usable.test(candidate.id()) && eligible.test(candidate));
        return member == null ? null : member.id();
    }

    @Override
    public void leave(MemberId member) {
        placement.ended(member);
    }

    @Override
    public void placed(MemberId member, int attempt) {
        task.placed(member, host.member(member));
        if (group != null) {
            group.placed(task, member);
        }
    }

    @Override
    public void ended(End end) {
        ends.ended(task, end.result() == null ? lost(end) : outcome((Result) end.result()));
    }

    private static Outcome outcome(Result result) {
        TaskStatus status = result.ending() == Ending.RETURNED ? TaskStatus.DONE : TaskStatus.FAILED;
        return new Outcome(status, result, null);
    }

    private Outcome lost(End end) {
        String name = host.member(end.member()).name();
        return Outcome.failed(
                new MemberLeftException("task '" + task.name() + "' " + why(end, name), end.mayHaveRun()));
    }

    private String why(End end, String member) {
        if (!end.mayHaveRun()) {
            return "was not started: " + member + " left the cluster, and "
                    + (end.alone() ? "no other member may run it" : "it is bound to that member")
                    + ". It is safe to start it again";
        }
        String lost = "was lost with " + member + ", which left the cluster; it may have run, wholly or in part. ";
        if (isBound()) {
            return lost + "Start it again on another member if running it twice does no harm";
        } else if (retries() == 0) {
            return lost + "If running it twice does no harm, start it again, or give it retries(n)";
        } else if (end.alone()) {
            return lost + "It would run again, but no other member may run it";
        }
        return lost + "It has been started " + (retries() + 1) + " times, as retries(" + retries() + ") allows";
    }
}
