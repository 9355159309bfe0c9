package org.goaway.usage.mishap;

import java.nio.file.Path;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Eventually;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A spawner that is killed, and one that just exits: neither leaves a server process behind. */
@Tag("process")
class KilledSpawnerIT {

    @Test
    void shouldLeaveNoServerWhenItIsKilled() {
        try (Program program = Program.java(Path.of(""), ClassPath.ofTests(), Main.class.getName(), "stays")) {
            program.prints("tasks run").isKilled().leavingNoneOf(2);
        }
    }

    @Test
    void shouldLeaveNoServerWhenItExitsWithoutClosing() {
        try (Program program = Program.java(Path.of(""), ClassPath.ofTests(), Main.class.getName(), "exits")) {
            program.prints("tasks run").ends().with(4).leavingNoneOf(2);
        }
    }

    static final class Main {

        private Main() {}

        public static void main(String[] args) {
            try (Cluster cluster = GoAway.local(2)) {
                var spins = cluster.run(Servers.on(cluster, "server-1"), Trouble::spins);
                var waits = cluster.run(Servers.on(cluster, "server-2"), Trouble::waits, "waits");
                var trouble = cluster.strictCentralized("trouble");
                Eventually.holds(
                        () -> trouble.get("spins", false) && trouble.get("waits", false), () -> "tasks do not start");
                System.out.println("tasks run");
                if (args[0].equals("exits")) {
                    System.exit(4);
                }
                spins.join();
                waits.join();
            }
        }
    }
}
