package org.goaway.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.goaway.cli.doctor.Doctor;
import org.goaway.cli.doctor.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks whether this machine, its network and the given hosts are fit for GoAway. */
@Command(
        name = "doctor",
        description = {
            "Looks for what keeps a cluster from working, and says what to do.",
            "Java, disk, ports, multicast on each interface, and the hosts given, by ssh. Run on two machines at the same time, the "
                    + "doctors also try the network between them: multicast, TCP both ways, clocks."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:all is well, or well enough",
            "1:something keeps a cluster from working",
            "2:the call was wrong"
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final int LONGEST_SECONDS = 3_600;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "USER@HOST", description = "machines that this one is to reach by ssh")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "3",
            description = "how long to listen for doctors on other machines (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--json", description = "as JSON, for programs")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 1 || seconds > LONGEST_SECONDS) {
            throw new ParameterException(
                    spec.commandLine(), "--seconds: " + seconds + " is not allowed: give 1 to " + LONGEST_SECONDS);
        }
        List<Finding> findings = Doctor.examine(hosts, seconds);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(findings));
        } else {
            findings.forEach(out::println);
        }
        out.flush();
        return findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.BAD) ? 1 : 0;
    }
}
