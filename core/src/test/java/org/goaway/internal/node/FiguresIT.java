package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.Held;
import org.goaway.LinFastRead;
import org.goaway.RemoteTask;
import org.goaway.RemoteTaskException;
import org.goaway.StrictCentralized;
import org.goaway.TaskOptions;
import org.goaway.UpdateOnRelease;
import org.goaway.Weak;
import org.goaway.metrics.CodeMXBean;
import org.goaway.metrics.MembershipMXBean;
import org.goaway.metrics.NetworkMXBean;
import org.goaway.metrics.StoreMXBean;
import org.goaway.metrics.TasksMXBean;
import org.junit.jupiter.api.Test;

/** What a real cluster tells of itself through JMX. */
class FiguresIT {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private final String name = "figures-" + UUID.randomUUID();

    @Test
    void shouldCountWhatTasksDo() throws Exception {
        try (Cluster cluster = start()) {
            TasksMXBean server = bean(TasksMXBean.class, "type=Tasks", "server-1");
            TasksMXBean spawner = bean(TasksMXBean.class, "type=Tasks", "spawner");
            TaskOptions there = there(cluster, "server-1");

            RemoteTask<Void> waits =
                    cluster.run(there, () -> GoAway.latch("goes on", 1).await());
            until(() -> server.getRunning() == 1 && server.getStarted() == 1);
            assertThat(server.getPending()).isZero();
            assertThat(server.getLongestRunningSeconds()).isPositive();
            assertThat(spawner.getSpawnedUnfinished()).isEqualTo(1);
            assertThat(spawner.getRunning()).isZero();
            cluster.latch("goes on", 1).countDown();
            waits.join();
            for (int i = 0; i < 4; i++) {
                cluster.run(there, () -> {}).join();
            }
            for (int i = 0; i < 3; i++) {
                RemoteTask<Void> fails = cluster.run(there, () -> {
                    throw new IllegalStateException("as is meant");
                });
                assertThatThrownBy(fails::join).isInstanceOf(RemoteTaskException.class);
            }

            assertThat(List.of(server.getDone(), server.getFailed(), server.getCancelled()))
                    .containsExactly(5L, 3L, 0L);
            assertThat(List.of(server.getStarted(), server.getEnded())).containsExactly(8L, 8L);
            assertThat(server.getRunSeconds()).isPositive();
            assertThat(server.getWaitSeconds()).isPositive();
            assertThat(List.of(spawner.getSpawnedDone(), spawner.getSpawnedFailed(), spawner.getSpawnedCancelled()))
                    .containsExactly(5L, 3L, 0L);
            assertThat(List.of(spawner.getStarted(), spawner.getEnded())).containsExactly(0L, 0L);
            until(() -> server.getRunning() == 0 && spawner.getSpawnedUnfinished() == 0);
            assertThat(server.getLongestRunningSeconds()).isZero();
        }
    }

    @Test
    void shouldCountTasksThatWaitAndThatAreCancelled() throws Exception {
        ClusterConfig config = ClusterConfig.builder()
                .inProcessServers(1)
                .cluster(name)
                .taskThreads(1)
                .build();
        try (Cluster cluster = Cluster.start(config)) {
            TasksMXBean server = bean(TasksMXBean.class, "type=Tasks", "server-1");
            TasksMXBean spawner = bean(TasksMXBean.class, "type=Tasks", "spawner");
            List<RemoteTask<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                tasks.add(cluster.run(there(cluster, "server-1"), () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    throw new IllegalStateException("interrupted, as is meant");
                }));
            }
            until(() -> server.getRunning() == 1 && spawner.getSpawnedUnfinished() == 3);

            for (int i = 2; i >= 0; i--) {
                tasks.get(i).cancel(true); // the one that runs last: else the next starts in its place
            }

            assertThat(spawner.getSpawnedCancelled()).isEqualTo(3);
            until(() -> server.getRunning() + server.getPending() == 0 && spawner.getSpawnedUnfinished() == 0);
            assertThat(List.of(server.getDone(), server.getFailed(), server.getStarted(), server.getEnded()))
                    .containsExactly(0L, 0L, 1L, 1L);
        }
    }

    @Test
    void shouldCountACancelledTaskAsEndedWhileItsMemberStillRunsIt() throws Exception {
        try (Cluster cluster = start()) {
            TasksMXBean server = bean(TasksMXBean.class, "type=Tasks", "server-1");
            TasksMXBean spawner = bean(TasksMXBean.class, "type=Tasks", "spawner");
            RemoteTask<Void> waits = cluster.run(
                    there(cluster, "server-1"), () -> GoAway.latch("goes on", 1).await());
            until(() -> server.getRunning() == 1);

            waits.cancel(false);

            assertThat(List.of(spawner.getSpawnedCancelled(), (long) spawner.getSpawnedUnfinished()))
                    .containsExactly(1L, 0L);
            assertThat(server.getRunning()).isEqualTo(1);
            cluster.latch("goes on", 1).countDown();
            until(() -> server.getRunning() == 0);
        }
    }

    @Test
    void shouldCountWhatIsDoneToObjects() throws Exception {
        try (Cluster cluster = start()) {
            StoreMXBean strict = store("StrictCentralized");
            StoreMXBean fast = store("LinFastRead");
            StoreMXBean weak = store("Weak");
            StoreMXBean released = store("UpdateOnRelease");

            StrictCentralized s = cluster.strictCentralized("object");
            s.set("field", 1L);
            s.addAndGet("field", 2);
            s.compareAndSet("field", 0L, 9L);
            s.update("field", 0L, value -> value + 1);
            s.clear();
            s.get("field");
            LinFastRead f = cluster.linFastRead("object");
            f.set("field", 1L);
            f.compareAndSet("field", 1L, 2L);
            f.compareAndSet("field", 7L, 9L);
            f.get("field");
            Weak w = cluster.weak("object");
            w.set("field", 1L);
            w.set("other", 2L);
            w.set("field", null);
            w.sync();
            UpdateOnRelease r = cluster.updateOnRelease("object");
            try (Held section = r.acquire()) {
                r.set("field", 1L);
                r.set("other", 1L);
            }
            try (Held section = r.acquire()) {
                r.get("field");
            }

            assertThat(List.of(strict.getWrites(), fast.getWrites(), weak.getWrites(), released.getWrites()))
                    .containsExactly(4L, 2L, 3L, 2L);
            assertThat(List.of(strict.getReads(), fast.getReads(), weak.getReads(), released.getReads()))
                    .containsExactly(2L, -1L, -1L, -1L);
            assertThat(List.of(fast.getObjects(), weak.getObjects(), released.getObjects()))
                    .containsExactly(1, 1, 1);
            assertThat(List.of(weak.getStalls(), released.getStalls(), strict.getStalls()))
                    .containsExactly(0L, 0L, 0L);
            assertThat(weak.getRounds()).isBetween(1L, 3L);
            assertThat(released.getRounds()).isEqualTo(1);
            assertThat(rounds("LinFastRead")).isEqualTo(2);
            assertThat(rounds("StrictCentralized")).isPositive();
        }
    }

    /** Homes and leaders are whoever it falls to. */
    private long rounds(String kind) throws Exception {
        long rounds = 0;
        for (String member : List.of("spawner", "server-1", "server-2")) {
            rounds += bean(StoreMXBean.class, "type=Store,kind=" + kind, member).getRounds();
        }
        return rounds;
    }

    @Test
    void shouldTellOfMembersTrafficAndCode() throws Exception {
        try (Cluster cluster = start()) {
            MembershipMXBean spawner = bean(MembershipMXBean.class, "type=Membership", "spawner");
            MembershipMXBean server = bean(MembershipMXBean.class, "type=Membership", "server-1");
            until(() -> spawner.isLeaseHeld() && server.isLeaseHeld());

            assertThat(spawner)
                    .extracting("cluster", "member", "members", "membersPresent", "epoch", "timesOut")
                    .containsExactly(name, "spawner", 3, 3, 1L, 0L);
            assertThat(server).extracting("member", "members", "epoch").containsExactly("server-1", 3, 1L);
            assertThat(server.getLeaseRemainingSeconds()).isLessThanOrEqualTo(2.0);
            List<Boolean> leading = new ArrayList<>();
            for (String member : List.of("spawner", "server-1", "server-2")) {
                leading.add(
                        bean(MembershipMXBean.class, "type=Membership", member).isLeader());
            }
            assertThat(leading).containsOnlyOnce(true);

            CodeMXBean here = bean(CodeMXBean.class, "type=Code", "spawner");
            CodeMXBean there = bean(CodeMXBean.class, "type=Code", "server-1");
            cluster.run(there(cluster, "server-1"), () -> {}).join();

            assertThat(there.getFetches()).isPositive();
            assertThat(there.getFetchSeconds()).isPositive();
            assertThat(List.of(here.getFilesServed(), here.getBytesServed()))
                    .containsExactly(there.getFilesFetched(), there.getBytesFetched());
            assertThat(there.getBytesFetched()).isGreaterThan(there.getFilesFetched());
            assertThat(here.getFetches()).isZero();

            NetworkMXBean network = bean(NetworkMXBean.class, "type=Network", "spawner");
            assertThat(network.getMulticasts()).isPositive();
            assertThat(network.getMessagesSent()).isPositive();
            assertThat(network.getBytesSent()).isGreaterThan(network.getFramesSent());
            assertThat(network.getBytesReceived()).isGreaterThan(network.getFramesReceived());
        }
    }

    @Test
    void shouldCountReadsThatWaitForTheLease() throws Exception {
        try (Cluster cluster = start()) {
            LinFastRead object = cluster.linFastRead("object");
            object.set("field", 1L);
            StoreMXBean store = store("LinFastRead");
            MembershipMXBean membership = bean(MembershipMXBean.class, "type=Membership", "spawner");
            long before = store.getStalls();
            Faults faults = Faults.of(cluster);
            faults.part(Set.of("spawner"));
            MembershipMXBean server = bean(MembershipMXBean.class, "type=Membership", "server-1");
            // A thread that ran late drops its lease for a moment, too; once the others are without it none comes back.
            until(() -> server.getMembers() == 2);
            until(() -> !membership.isLeaseHeld());
            assertThat(membership.getLeaseRemainingSeconds()).isZero();

            assertThatThrownBy(() -> object.get("field")).hasMessageContaining("lease");

            assertThat(store.getStalls()).isEqualTo(before + 1);
            assertThat(store.getStallSeconds()).isPositive();
            assertThat(membership.getMembers()).isEqualTo(3);
            faults.heal();
            until(() -> membership.isLeaseHeld() && membership.getTimesOut() == 1);
            assertThat(membership.getEpoch()).isGreaterThan(2);
            assertThat(server.getTimesOut()).isZero();
        }
    }

    @Test
    void shouldTakeBeansAwayWithTheClusterAndLeaveThoseOfOthers() throws Exception {
        ObjectName mine = new ObjectName("org.goaway:cluster=" + name + ",*");
        ObjectName others = new ObjectName("org.goaway:cluster=" + name + "-other,*");
        try (Cluster one = start()) {
            try (Cluster other = Cluster.start(ClusterConfig.builder()
                    .inProcessServers(1)
                    .cluster(name + "-other")
                    .build())) {
                assertThat(BEANS.queryNames(mine, null)).hasSize(3 * 8);
                assertThat(BEANS.queryNames(others, null)).hasSize(2 * 8);
                other.linFastRead("object").set("field", 1L);
                assertThat(store("LinFastRead").getWrites()).isZero();
            }
            assertThat(BEANS.queryNames(others, null)).isEmpty();
            assertThat(BEANS.queryNames(mine, null)).hasSize(3 * 8);
            one.linFastRead("object").set("field", 1L);
            assertThat(store("LinFastRead").getWrites()).isEqualTo(1);
        }
        assertThat(BEANS.queryNames(mine, null)).isEmpty();
    }

    private Cluster start() {
        return Cluster.start(
                ClusterConfig.builder().inProcessServers(2).cluster(name).build());
    }

    private static TaskOptions there(Cluster cluster, String member) {
        return TaskOptions.builder()
                .on(cluster.members().stream()
                        .filter(known -> known.name().equals(member))
                        .findFirst()
                        .orElseThrow())
                .build();
    }

    private StoreMXBean store(String kind) throws Exception {
        return bean(StoreMXBean.class, "type=Store,kind=" + kind, "spawner");
    }

    private <T> T bean(Class<T> type, String key, String member) throws Exception {
        ObjectName bean = new ObjectName("org.goaway:" + key + ",cluster=" + name + ",member=" + member);
        assertThat(BEANS.isRegistered(bean)).as("%s", bean).isTrue();
        return JMX.newMXBeanProxy(BEANS, bean, type);
    }

    private static void until(BooleanSupplier wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime() - end).isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
