package org.goaway.usage.nemesis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.goaway.ClusterConfig;
import org.goaway.usage.nemesis.Fault.Target;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that die or stop for a while. */
@Tag("process")
class NemesisIT {

    private static final Path FOLDER = Path.of("target", "nemesis").toAbsolutePath();
    private static final Table TABLE = new Table();
    private static final long SEED = Long.getLong("goaway.nemesis.seed", System.nanoTime());
    private static final Duration REST = Duration.ofSeconds(3);
    private static final Set<Work> WORKS = EnumSet.of(Work.STRICT);

    @ParameterizedTest
    @EnumSource(names = {"HOME", "LEADER"})
    void shouldKeepItsPromisesWhenAServerIsKilled(Target target) throws Exception {
        run("kill-" + target, 3, 3, Fault.kill(target), 1);
    }

    @ParameterizedTest
    @CsvSource({"ANY, 300", "LEADER, 1500", "HOME, 4000"})
    void shouldKeepItsPromisesWhenAServerPauses(Target target, long millis) throws Exception {
        run("pause-" + target + "-" + millis, 3, 3, Fault.pause(target, Duration.ofMillis(millis)), 1);
    }

    @AfterAll
    static void report() {
        System.out.println(TABLE);
    }

    private static void run(String name, int servers, int voters, Fault fault, int times) throws Exception {
        ClusterConfig config =
                ClusterConfig.builder().localServers(servers).voters(voters).build();
        Outcome outcome = new Round(name, config, WORKS, fault, times, REST, SEED).run(FOLDER, false);
        TABLE.add(outcome);
        outcome.check();
    }
}
