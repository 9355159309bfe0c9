package org.goaway.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** Looks for what keeps a cluster from working. Changes nothing; opens ports for the seconds that it listens. */
public final class Doctor {

    private Doctor() {}

    /**
     * Looks at this machine, at its network for {@code seconds}, and at the hosts by ssh, half a minute at most for each.
     *
     * @param hosts as ssh takes them
     */
    public static List<Finding> examine(List<String> hosts, int seconds) throws InterruptedException {
        List<Finding> findings = new ArrayList<>(Machine.examine());
        findings.addAll(Network.examine(seconds));
        for (String host : hosts) {
            findings.add(Ssh.examine(host));
        }
        return findings;
    }
}
