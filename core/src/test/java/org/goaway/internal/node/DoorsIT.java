package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.goaway.ClusterConfig;
import org.goaway.LinFastRead;
import org.goaway.RemoteTask;
import org.goaway.TaskOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands learn from the nodes of their machine. */
@Tag("process")
class DoorsIT {

    @TempDir
    private Path home;

    private final String realHome = System.getProperty("user.home");
    private final List<String> silent = new ArrayList<>();

    @BeforeEach
    void moveHome() {
        System.setProperty("user.home", home.toString());
    }

    @AfterEach
    void restoreHome() {
        System.setProperty("user.home", realHome);
    }

    @Test
    void shouldTellHowEachMemberStands() throws Exception {
        ClusterConfig config = ClusterConfig.builder()
                .inProcessServers(2)
                .cluster("doors-" + UUID.randomUUID())
                .build();
        try (Node node = InProcessStart.start(config)) {
            node.opensDoor();
            assertThat(Doors.folder()).isDirectoryNotContaining("glob:**.new");
            NodeCluster cluster = node.cluster(DoorsIT.class.getClassLoader());
            LinFastRead shared = cluster.linFastRead("shared");
            shared.set("field", 1);
            RemoteTask<Void> task =
                    cluster.run(TaskOptions.builder().name("waiting").build(), () -> TimeUnit.SECONDS.sleep(60));

            ClusterReport report = awaitReport(told -> told.members().stream().allMatch(ClusterReport.OfMember::leased)
                    && told.members().stream()
                            .flatMap(member -> member.tasks().stream())
                            .anyMatch(ClusterReport.OfTask::running));

            task.cancel(true);
            assertThat(silent).isEmpty();
            assertThat(report.cluster()).isEqualTo(config.cluster());
            assertThat(report.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(report.members())
                    .extracting(ClusterReport.OfMember::name)
                    .containsExactlyInAnyOrder("spawner", "server-1", "server-2");
            assertThat(report.members()).allMatch(ClusterReport.OfMember::answered);
            assertThat(report.members()).allMatch(member -> member.epoch() == 1 && member.objects() == 1);
            assertThat(report.members())
                    .filteredOn(ClusterReport.OfMember::leads)
                    .hasSize(1);
            assertThat(report.members())
                    .flatExtracting(ClusterReport.OfMember::tasks)
                    .extracting("name", "spawner", "running")
                    .containsExactly(tuple("waiting", "spawner", true));
        }
        assertThat(Doors.ask(silent::add)).isEmpty();
        assertThat(Doors.folder()).isEmptyDirectory();
    }

    @Test
    void shouldLetNobodyElseIn() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Doors.folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void shouldForgetOneThatIsGone() throws Exception {
        Path left = left(Doors.file(7));

        assertThat(Doors.ask(silent::add)).isEmpty();

        assertThat(left).doesNotExist();
        assertThat(silent).isEmpty();
    }

    @Test
    void shouldLeaveThoseOfOtherMachinesWithTheSameHomeAlone() throws Exception {
        Path others = left(Doors.folder().resolve(Doors.mark("other-machine") + "1-1.sock"));

        assertThat(Doors.ask(silent::add)).isEmpty();

        assertThat(others).exists();
        assertThat(Doors.file(1).getFileName().toString()).doesNotStartWith(Doors.mark("other-machine"));
    }

    @Test
    void shouldSeeOneThatHasStartedBeforeTheMachineGotItsName() throws Exception {
        ClusterReport report = new ClusterReport("demo", "spawner", 1, List.of());
        try (Door door = Door.open(() -> CompletableFuture.completedFuture(report));
                Stream<Path> files = Files.list(Doors.folder())) {
            assertThat(door).isNotNull();
            Path file = files.findFirst().orElseThrow();
            Files.move(file, file.resolveSibling(Doors.mark("earlier-name") + "1-1.sock"));

            assertThat(Doors.ask(silent::add)).containsExactly(report);
        }
    }

    private static Path left(Path socket) throws IOException {
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();
        assertThat(socket).exists();
        return socket;
    }

    private ClusterReport awaitReport(Predicate<ClusterReport> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            List<ClusterReport> reports = Doors.ask(silent::add);
            assertThat(reports).hasSize(1);
            if (wanted.test(reports.get(0))) {
                return reports.get(0);
            }
            assertThat(System.nanoTime() - end).as("%s", reports).isNegative();
        }
    }
}
