package org.goaway.cli;

import org.goaway.internal.node.ClusterReport;
import picocli.CommandLine.Command;

/** Shows the members of the clusters of which a node runs on this machine. */
@Command(
        name = "members",
        description = {
            "Shows the members of a running cluster.",
            "Of each: the epoch it knows, whether it leads, how many tasks run or wait at it, of how many shared objects it has "
                    + "copies, whether it holds its lease. Asks a node of the same user on this machine (a program or a "
                    + "'goaway node'), which asks the others; joins nothing. Live on a terminal, until Ctrl-C."
        },
        mixinStandardHelpOptions = true)
final class MembersCommand extends Inquiring {

    @Override
    String table(ClusterReport report) {
        Columns table = new Columns("MEMBER", "HOST", "EPOCH", "LEADER", "TASKS", "OBJECTS", "LEASE");
        for (ClusterReport.OfMember member : report.members()) {
            String name = member.name() + (member.spawner() ? " *" : "");
            String host = member.address();
            if (member.answered()) {
                table.line(
                        name,
                        host,
                        member.epoch() == 0 ? "-" : Long.toString(member.epoch()),
                        member.leads() ? "leads" : "",
                        Integer.toString(member.count()),
                        Integer.toString(member.objects()),
                        member.epoch() == 0 ? "waits for a program" : member.leased() ? "held" : "LOST");
            } else {
                table.line(name, host, "?", "", "?", "?", "NO ANSWER");
            }
        }
        return table + "* may start tasks\n";
    }
}
