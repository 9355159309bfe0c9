package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.goaway.ClusterLock;
import org.goaway.UnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A thread holds a lock, and its member has lost its lease: another may have been granted the lock meanwhile. */
@Timeout(30)
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop"}) // the tests look at single steps of locks and waits
class LockLeaseTest {

    private final InMemoryNodes nodes = new InMemoryNodes(2);
    private final InMemoryNode node = nodes.node(0);
    private final ClusterLock lock = node.lock("b", Duration.ofMillis(50));

    /** What a thread may do only while it holds the lock. */
    private interface Use {
        void of(ClusterLock lock) throws InterruptedException;
    }

    private static Stream<Named<Use>> uses() {
        return Stream.of(
                Named.of("lock", ClusterLock::lock),
                Named.of("lockInterruptibly", ClusterLock::lockInterruptibly),
                Named.of("tryLock", lock -> assertThat(lock.tryLock()).isTrue()),
                Named.of(
                        "tryLock with time",
                        lock -> assertThat(lock.tryLock(1, TimeUnit.HOURS)).isTrue()),
                Named.of("hold", ClusterLock::hold),
                Named.of("await", lock -> lock.newCondition().await(1, TimeUnit.MILLISECONDS)),
                Named.of("signal", lock -> lock.newCondition().signal()),
                Named.of("signalAll", lock -> lock.newCondition().signalAll()));
    }

    @BeforeEach
    void loseTheLease() {
        lock.lock();
        node.leased = false;
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @ParameterizedTest
    @MethodSource("uses")
    void shouldDoNothingWhileNobodyHereKnowsOfTheHold(Use use) throws InterruptedException {
        assertThatThrownBy(() -> use.of(lock))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContainingAll("not known", "Nothing was done");

        node.leased = true;
        lock.unlock();
        assertThat(nodes.node(1).lock("b").tryLock(5, TimeUnit.SECONDS))
                .as("left as often as entered")
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("uses")
    void shouldGoOnOnceTheLeaseIsBack(Use use) throws InterruptedException {
        node.beforeWait = () -> node.leased = true;

        use.of(lock);
        assertThat(lock.isHeldByCurrentThread()).isTrue();
    }

    @Test
    void shouldNotWaitForLongerThanAsked() throws InterruptedException {
        ClusterLock patient = node.lock("b", Duration.ofHours(1));

        assertThat(patient.tryLock(1, TimeUnit.MILLISECONDS)).isFalse();
    }
}
