package org.goaway.internal.task;

import java.util.Optional;
import java.util.function.Predicate;
import org.goaway.GoAwayException;
import org.goaway.Member;
import org.goaway.MemberLeftException;
import org.goaway.TaskOptions;
import org.goaway.UnavailableException;
import org.goaway.internal.task.TaskHost.TaskMember;

/** Which members may run a task by its options, and what its program is told where none may. */
final class Eligibility {

    private Eligibility() {}

    /** Which members may run tasks with these options. */
    static Predicate<TaskMember> of(TaskOptions options) {
        Optional<Member> bound = options.member();
        if (bound.isPresent()) {
            return member -> member.member().equals(bound.get()) && hasLabel(member.member(), options);
        }
        return member -> member.runsTasks()
                && !(options.excludeSpawner() && member.member().isSpawner())
                && hasLabel(member.member(), options);
    }

    private static boolean hasLabel(Member member, TaskOptions options) {
        return options.label().isEmpty()
                || member.labels().contains(options.label().get());
    }

    /** Whether it is bound to a member that may run it: if that is gone the task ends; any other is refused at its start. */
    static boolean isBound(TaskOptions options) {
        return options.member().filter(member -> hasLabel(member, options)).isPresent();
    }

    /**
     * Why no member can run the task, and what to do.
     *
     * @param leaving whether one is there that could, but for leaving
     */
    static GoAwayException refusal(SpawnedTask<?> task, boolean leaving) {
        TaskOptions options = task.options();
        if (isBound(options)) {
            return new MemberLeftException(
                    "task '" + task.name() + "' was not started: it is bound to "
                            + options.member().get().name()
                            + (leaving ? ", which is leaving the cluster" : ", which is not in the cluster (any more)"),
                    false);
        }
        return new UnavailableException("no member can run task '" + task.name() + "': " + nobody(options));
    }

    private static String nobody(TaskOptions options) {
        if (options.member().isPresent()) {
            return "it is bound to " + options.member().get().name() + ", which has no label '"
                    + options.label().orElseThrow()
                    + "'; set 'labels' in that member's configuration, or leave on(...) or label(...) out";
        }
        if (options.label().isPresent()) {
            return (options.excludeSpawner() ? "no server has the label '" : "none has the label '")
                    + options.label().get() + "'; set 'labels' in a member's configuration";
        }
        return options.excludeSpawner()
                ? "it excludes the spawner, and the cluster has no server; start one, or leave excludeSpawner out"
                : "the cluster has no member that runs tasks; start servers, or set spawner_tasks: true";
    }
}
