package org.goaway.cli;

import org.goaway.internal.node.ClusterReport;
import picocli.CommandLine.Command;

/** Shows the tasks of the clusters of which a node runs on this machine. */
@Command(
        name = "tasks",
        description = {
            "Shows the tasks of a running cluster, and what each does.",
            "Those that run or wait at a member, of each 200 at most. Asks as 'goaway members' does. Live on a terminal, until Ctrl-C."
        },
        mixinStandardHelpOptions = true)
final class TasksCommand extends Inquiring {

    @Override
    String table(ClusterReport report) {
        Columns table = new Columns("TASK", "MEMBER", "OF", "ATTEMPT", "STATE", "DOES");
        int shown = 0;
        int all = 0;
        for (ClusterReport.OfMember member : report.members()) {
            all += member.count();
            for (ClusterReport.OfTask task : member.tasks()) {
                shown++;
                table.line(
                        task.name(),
                        member.name(),
                        task.spawner(),
                        Integer.toString(task.attempt()),
                        task.running() ? "runs" : "waits",
                        task.does());
            }
        }
        return table + (all > shown ? "and " + (all - shown) + " more\n" : "");
    }
}
