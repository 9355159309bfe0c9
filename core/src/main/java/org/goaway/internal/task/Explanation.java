package org.goaway.internal.task;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.goaway.Member;
import org.goaway.TaskStatus;
import org.goaway.internal.code.Requests;
import org.goaway.internal.task.TaskNews.Explain;
import org.goaway.internal.task.TaskNews.Explained;

/** Says of a task that was started here where it is, and what it waits for. */
record Explanation(SentTasks sent, Requests requests) {

    private static final Duration ANSWER = Duration.ofSeconds(2);

    /** Asks the member that has the task; waits no longer than {@link #ANSWER}. */
    String of(SpawnedTask<?> task) {
        TaskStatus status = task.status();
        Member member = task.member();
        String who = task.describe();
        if (status == TaskStatus.DONE || status == TaskStatus.FAILED) {
            return who + (status == TaskStatus.DONE ? " has returned" : " has failed");
        }
        if (!sent.isKnown(task) || member == null) {
            return status == TaskStatus.CANCELLED
                    ? who + " was cancelled"
                    : who
                            + " is not handed out yet: all members that may run it have as many tasks of its group as they have"
                            + " slots, are leaving, or are not heard";
        }
        if (sent.awaitsAnswer(task)) {
            return who + " waits for an answer of " + member.name()
                    + ", which took this member for lost and may not know yet that both are together again";
        }
        if (!sent.isAssigned(task)) {
            return who + " waits for one of that member's slots, or for the network if its arguments are large: "
                    + member.name() + " is busy with " + sent.assignedAt(task.placedAt())
                    + " tasks of this member, and " + sent.before(task)
                    + " wait before it";
        }
        return who
                + (status == TaskStatus.CANCELLED ? " was cancelled, but has not ended: it " : " ")
                + answer(task, member);
    }

    private String answer(SpawnedTask<?> task, Member member) {
        try {
            Explained answer = (Explained) requests.request(task.placedAt(), new Explain(task.number()), ANSWER)
                    .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            return answer.text();
        } catch (ExecutionException | TimeoutException e) {
            return "cannot be asked about: " + member.name() + " does not answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "was not asked about: the thread was interrupted";
        }
    }
}
