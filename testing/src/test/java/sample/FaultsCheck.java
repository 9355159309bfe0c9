package sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.Member;
import org.goaway.MemberLeftException;
import org.goaway.RemoteTask;
import org.goaway.TaskOptions;
import org.goaway.testing.TestCluster;

/** Does one fault and sees that it does what it says, whatever the members are. */
final class FaultsCheck {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private FaultsCheck() {}

    /** Pauses it and lets it go on. */
    static void pause(Cluster cluster, TestCluster members, Member victim) throws InterruptedException {
        RemoteTask<Void> there = running(cluster, victim);
        members.pause(victim);
        assertGoesOnWithout(cluster, there, 2L);
        members.resume(victim);
        awaitsBack(cluster, victim, 2L);
    }

    /** Cuts it off and mends that. */
    static void part(Cluster cluster, TestCluster members, Member victim) throws InterruptedException {
        RemoteTask<Void> there = running(cluster, victim);
        members.partition(victim);
        assertGoesOnWithout(cluster, there, 3L);
        members.heal();
        awaitsBack(cluster, victim, 3L);
    }

    /** Ends it for good. */
    static void kill(Cluster cluster, TestCluster members, Member victim) throws InterruptedException {
        int before = cluster.members().size();
        RemoteTask<Void> there = running(cluster, victim);
        members.kill(victim);
        assertGoesOnWithout(cluster, there, 4L);
        assertThat(cluster.members()).hasSize(before - 1);
        assertThatThrownBy(() -> members.kill(victim)).isInstanceOf(IllegalStateException.class);
    }

    /** A task that runs there and waits. */
    private static RemoteTask<Void> running(Cluster cluster, Member member) throws InterruptedException {
        String here = member.name() + " " + System.nanoTime();
        RemoteTask<Void> task = cluster.run(on(member), FaultsCheck::waits, here);
        cluster.latch(here, 1).await();
        return task;
    }

    /** What is written now needed the member's word; when it is given up, so is its task. */
    private static void assertGoesOnWithout(Cluster cluster, RemoteTask<Void> there, long next) {
        cluster.linFastRead("kept").set("x", next);
        assertThatThrownBy(there::join).isInstanceOf(MemberLeftException.class);
    }

    /** Tasks bound to a member end while it is not back. */
    private static void awaitsBack(Cluster cluster, Member member, long value) throws InterruptedException {
        long end = System.nanoTime() + BOUND.toNanos();
        while (true) {
            try {
                assertThat(cluster.call(on(member), FaultsCheck::kept).join()).isEqualTo(value);
                return;
            } catch (MemberLeftException notBack) {
                if (System.nanoTime() > end) {
                    throw notBack;
                }
                Thread.sleep(50);
            }
        }
    }

    private static TaskOptions on(Member member) {
        return TaskOptions.builder().on(member).build();
    }

    private static void waits(String here) throws InterruptedException {
        GoAway.latch(here, 1).countDown();
        GoAway.latch("never", 1).await();
    }

    private static long kept() {
        return GoAway.linFastRead("kept").get("x", 0L);
    }
}
