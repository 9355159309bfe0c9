package org.goaway.usage.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.Member;
import org.goaway.RemoteTask;
import org.goaway.TaskOptions;
import org.goaway.UpdateOnRelease;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Eventually;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** One of two programs on standing servers is killed. */
@Tag("process")
@EnabledIfSystemProperty(named = "goaway.nemesis.seconds", matches = "[1-9].*", disabledReason = "only -Plong")
@Timeout(120)
class DeadSpawnerIT {

    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void shouldInterruptItsTasksReleaseItsLocksAndKeepSharedObjects() throws Exception {
        String name = "dead-spawner-" + UUID.randomUUID();
        try (Program left = Program.goaway("node", "--cluster", name, "--name", "left");
                Program right = Program.goaway("node", "--cluster", name, "--name", "right");
                Program victim = Program.java(folder, ClassPath.ofTests(), Main.class.getName(), name)) {
            victim.prints("tasks run");
            try (Cluster cluster = Cluster.start(config(name, 2))) {
                cluster.awaitMembers(4, BOUND);
                assertThat(cluster.lock("held by a task").tryLock()).isFalse();

                victim.isKilled();

                assertThat(cluster.lock("held by a task").tryLock(BOUND.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(cluster.lock("held by the program").tryLock(BOUND.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                Eventually.holds(
                        () -> Files.exists(folder.resolve("left interrupted"))
                                && Files.exists(folder.resolve("right interrupted")),
                        () -> "tasks of the killed program go on");
                assertThat(cluster.strictCentralized("kept").get("x")).isEqualTo(1L);
                assertThat(cluster.linFastRead("kept").get("x")).isEqualTo(2L);
                Eventually.holds(
                        () -> Long.valueOf(3).equals(cluster.weak("kept").get("x")),
                        () -> "the weak object is not here");
                UpdateOnRelease released = cluster.updateOnRelease("kept");
                try (var held = released.acquire()) {
                    assertThat(released.get("x", 0L)).isEqualTo(4L);
                }
                assertThat(cluster.call(DeadSpawnerIT::isSeen).join()).isTrue();
                assertThat(cluster.members()).extracting(Member::name).contains("left", "right");
            }
            left.isStopped();
            right.isStopped();
        }
    }

    private static boolean isSeen() {
        return GoAway.linFastRead("kept").get("x", 0L) == 2;
    }

    private static ClusterConfig config(String name, int members) {
        return ClusterConfig.builder()
                .cluster(name)
                .launch("none")
                .discovery("multicast")
                .expect(members)
                .build();
    }

    static final class Main {

        private Main() {}

        public static void main(String[] args) throws Exception {
            try (Cluster cluster = GoAway.init(config(args[0], 3))) {
                cluster.strictCentralized("kept").set("x", 1L);
                cluster.linFastRead("kept").set("x", 2L);
                cluster.weak("kept").set("x", 3L);
                cluster.weak("kept").sync();
                UpdateOnRelease released = cluster.updateOnRelease("kept");
                try (var held = released.acquire()) {
                    released.set("x", 4L);
                }
                cluster.lock("held by the program").lock();
                String folder = Path.of("").toAbsolutePath().toString();
                RemoteTask<Void> left = cluster.run(on(cluster, "left"), Main::holds, "held by a task", folder);
                RemoteTask<Void> right = cluster.run(on(cluster, "right"), Main::holds, "held by another", folder);
                cluster.latch("tasks run", 2).await();
                System.out.println("tasks run");
                left.join();
                right.join();
            }
        }

        private static TaskOptions on(Cluster cluster, String name) {
            return TaskOptions.builder()
                    .on(cluster.members().stream()
                            .filter(member -> member.name().equals(name))
                            .findFirst()
                            .orElseThrow())
                    .build();
        }

        private static void holds(String lock, String folder) throws IOException {
            try (var held = GoAway.lock(lock).hold()) {
                GoAway.latch("tasks run", 2).countDown();
                TimeUnit.HOURS.sleep(1);
            } catch (InterruptedException e) {
                Files.createFile(Path.of(folder, GoAway.current().self().name() + " interrupted"));
            }
        }
    }
}
