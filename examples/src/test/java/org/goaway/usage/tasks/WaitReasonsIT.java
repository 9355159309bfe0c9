package org.goaway.usage.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.RemoteTask;
import org.goaway.TaskOptions;
import org.goaway.UnavailableException;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Eventually;
import org.goaway.usage.Program;
import org.goaway.usage.Sources;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A program asks why its tasks wait, and is told by itself after 5 seconds; one program for all reasons, since they take 5 seconds. */
@Tag("process")
@EnabledIfSystemProperty(named = "goaway.nemesis.seconds", matches = "[1-9].*", disabledReason = "only -Plong")
@Timeout(120)
class WaitReasonsIT {

    @TempDir
    private Path folder;

    @Test
    void shouldBeToldWhenAskedAndAfterFiveSeconds() throws Exception {
        Sources.compile(Sources.copy("late", folder.resolve("src")), ClassPath.ofGoAway(), folder.resolve("classes"));
        try (Program program = Program.java(folder, ClassPath.ofTests(), Main.class.getName())) {
            program.prints("asked");
            program.warns("late/Part.class").warns("task 'behind'").warns("is busy with");
            Files.createFile(folder.resolve("warned"));

            var ended = program.ends().with(0).leavingNoneOf(1);

            assertThat(ended.out())
                    .containsPattern("behind: task 'behind' on server-1 waits for .* server-1 is busy with 2 tasks")
                    .containsPattern("late: task 'late' on server-1 runs for .* waits .* late/Part.class, which is"
                            + " being fetched from spawner")
                    .containsPattern("label: no member can run task .* label 'gpu'")
                    .contains("came late");
            assertThat(ended.err())
                    .containsPattern("has waited ([5-9]|[1-9]\\d+) s for task 'behind' on server-1, which is PENDING:"
                            + " .*is busy with 2")
                    .containsPattern("waits ([5-9]|[1-9]\\d+).\\d s for late/Part.class, which is being fetched");
        }
    }

    static final class Main {

        private Main() {}

        public static void main(String[] args) throws Exception {
            CountDownLatch warned = new CountDownLatch(1);
            try (Cluster cluster = GoAway.init(ClusterConfig.builder()
                            .localServers(1)
                            .spawnerTasks(false)
                            .taskThreads(2)
                            .build());
                    SlowLoader loader = new SlowLoader(warned)) {
                @SuppressWarnings("unchecked")
                Supplier<RemoteTask<String>> starter = (Supplier<RemoteTask<String>>)
                        loader.loadClass("late.Late").getConstructor().newInstance();
                RemoteTask<Void> busy = cluster.run(Main::computes);
                cluster.latch("computes", 1).await();
                RemoteTask<String> late = starter.get();
                asked("late", late, "late/Part.class");
                RemoteTask<Void> behind =
                        cluster.run(TaskOptions.builder().name("behind").build(), Main::nothing);
                asked("behind", behind, "busy");
                try {
                    System.out.println("label: "
                            + cluster.run(TaskOptions.builder().label("gpu").build(), Main::nothing));
                } catch (UnavailableException e) {
                    System.out.println("label: " + e.getMessage());
                }
                System.out.println("asked");
                new Thread(() -> untilWarned(warned, busy), "until-warned").start();
                behind.join();
                System.out.println(late.join());
            }
        }

        private static void asked(String name, RemoteTask<?> task, String reason) {
            List<String> answers = new ArrayList<>();
            Eventually.holds(
                    () -> {
                        answers.add(task.explain());
                        return answers.get(answers.size() - 1).contains(reason);
                    },
                    () -> name + ": " + answers);
            System.out.println(name + ": " + answers.get(answers.size() - 1));
        }

        private static void untilWarned(CountDownLatch warned, RemoteTask<Void> busy) {
            Eventually.holds(() -> Files.exists(Path.of("warned")), () -> "the test does not see the warnings");
            warned.countDown();
            busy.cancel(true);
        }

        private static void nothing() {}

        private static void computes() {
            GoAway.latch("computes", 1).countDown();
            while (!GoAway.task().isCancelled()) {
                Thread.onSpinWait();
            }
        }
    }

    /** Has one class's file only once the warnings were seen. */
    private static final class SlowLoader extends URLClassLoader {

        private final CountDownLatch until;

        SlowLoader(CountDownLatch until) throws java.net.MalformedURLException {
            super(new URL[] {Path.of("classes").toUri().toURL()}, SlowLoader.class.getClassLoader());
            this.until = until;
        }

        @Override
        public InputStream getResourceAsStream(String path) {
            if (path.endsWith("late/Part.class")) {
                try {
                    until.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return super.getResourceAsStream(path);
        }
    }
}
