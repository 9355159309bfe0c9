package org.goaway.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.goaway.internal.node.ClusterReport;
import org.goaway.internal.node.Doors;
import org.goaway.internal.output.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks the nodes of this machine how their clusters stand, and shows it: on a terminal again and again, else once. */
abstract class Inquiring implements Callable<Integer> {

    private static final String CLEAR = "\033[H\033[2J";

    @Spec
    private CommandSpec spec;

    @Option(names = "--cluster", paramLabel = "NAME", description = "this cluster only (default: all of this machine)")
    private String cluster;

    @Option(names = "--json", description = "as JSON, once, for programs")
    private boolean json;

    @Option(names = "--once", description = "once, also on a terminal")
    private boolean once;

    /** What to print of one cluster. */
    abstract String table(ClusterReport report);

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        boolean live = Terminal.isThere() && !once && !json;
        while (true) {
            List<ClusterReport> reports = ask();
            if (reports.isEmpty() && !live) {
                spec.commandLine()
                        .getErr()
                        .println(
                                "goaway: no node of this user on this machine"
                                        + (cluster == null ? "" : " is of cluster '" + cluster + "'")
                                        + "; run this where a program or a 'goaway node' of the cluster runs, as the same user");
                return 1;
            }
            out.print((live ? CLEAR : "") + (json ? Json.of(reports) + "\n" : text(reports)));
            out.flush();
            if (!live) {
                return 0;
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /** One report of each cluster, that of the first of its nodes here. */
    private List<ClusterReport> ask() throws InterruptedException {
        Map<String, ClusterReport> known = new TreeMap<>();
        List<ClusterReport> said = Doors.ask(line -> spec.commandLine().getErr().println("goaway: " + line));
        for (ClusterReport report : said) {
            if (cluster == null || cluster.equals(report.cluster())) {
                known.merge(identity(report), report, (one, other) -> one);
            }
        }
        return new ArrayList<>(known.values());
    }

    /** Clusters of one name may be several, of which each has other members. */
    private static String identity(ClusterReport report) {
        return report.cluster()
                + report.members().stream()
                        .map(member -> member.name() + member.host() + member.port())
                        .sorted()
                        .toList();
    }

    private String text(List<ClusterReport> reports) {
        StringBuilder text = new StringBuilder(reports.isEmpty() ? "no cluster on this machine\n" : "");
        for (ClusterReport report : reports) {
            text.append("cluster ").append(report.cluster()).append(", as ").append(report.asked());
            text.append(" (process ").append(report.pid()).append(") sees it\n");
            text.append(table(report)).append('\n');
        }
        return text.toString();
    }
}
