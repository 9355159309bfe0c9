package org.goaway.usage.nemesis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What is done to a cluster.
 *
 * @param lasts until it is mended; zero: it is not
 */
record Fault(Harm harm, Target target, Duration lasts) {

    /** What happens to a process. */
    enum Harm {
        KILL,
        PAUSE
    }

    /** To whom: every server is home to some of the objects, so who does not lead stands for a home. */
    enum Target {
        ANY,
        LEADER,
        HOME,
        LEADER_AND_HOME
    }

    static Fault kill(Target target) {
        return new Fault(Harm.KILL, target, Duration.ZERO);
    }

    static Fault pause(Target target, Duration lasts) {
        return new Fault(Harm.PAUSE, target, lasts);
    }

    /** Does it; returns the servers that it hits. */
    Set<String> begin(Running running, Random random) {
        Set<String> victims = victims(running, random);
        victims.forEach(harm == Harm.KILL ? running::kill : running::stop);
        return victims;
    }

    /** Mends what can be mended. */
    void end(Running running) {
        running.goOn();
    }

    private Set<String> victims(Running running, Random random) {
        String leader = running.leader();
        List<String> servers = new ArrayList<>(running.servers());
        Collections.shuffle(servers, random);
        if (target == Target.ANY) {
            return Set.of(servers.get(0));
        }
        servers.remove(leader);
        Set<String> victims = new HashSet<>();
        if (target != Target.HOME) {
            victims.add(leader);
        }
        if (target != Target.LEADER) {
            victims.add(servers.get(0));
        }
        return victims;
    }

    @Override
    public String toString() {
        String what = (harm + " " + target).toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return lasts.isZero() ? what : what + " " + lasts.toMillis() + " ms";
    }
}
