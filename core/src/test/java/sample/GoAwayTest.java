package sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.goaway.Cluster;
import org.goaway.ClusterBarrier;
import org.goaway.ClusterConfig;
import org.goaway.ClusterLatch;
import org.goaway.ClusterLock;
import org.goaway.ClusterLong;
import org.goaway.ClusterSemaphore;
import org.goaway.GoAway;
import org.goaway.LinFastRead;
import org.goaway.RemoteBiConsumer;
import org.goaway.RemoteBiFunction;
import org.goaway.RemoteCallable;
import org.goaway.RemoteConsumer;
import org.goaway.RemoteFunction;
import org.goaway.RemoteRunnable;
import org.goaway.RemoteTriConsumer;
import org.goaway.RemoteTriFunction;
import org.goaway.StrictCentralized;
import org.goaway.TaskOptions;
import org.goaway.TaskStarter;
import org.goaway.UpdateOnRelease;
import org.goaway.Weak;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoAwayTest {

    @TempDir
    private Path folder;

    @Test
    void shouldStartWhatEachWayOfInitSays() throws Exception {
        int usual = ClusterConfig.builder().build().localServers();

        assertThat(Isolated.run(folder, Local.class)).isEqualTo(List.of("start(LOCAL, 3, null) by Local"));
        assertThat(Isolated.run(folder, InProcess.class)).isEqualTo(List.of("start(IN_PROCESS, 2, null) by InProcess"));
        assertThat(Isolated.run(folder, NoArguments.class))
                .isEqualTo(List.of("start(LOCAL, " + usual + ", null) by NoArguments"));
        assertThat(Isolated.run(folder, FileArgument.class))
                .isEqualTo(List.of("start(LOCAL, " + usual + ", my.yml) by FileArgument"));
        assertThat(Isolated.run(folder, OtherArgument.class))
                .isEqualTo(List.of("start(LOCAL, " + usual + ", null) by OtherArgument"));
        assertThat(Isolated.run(folder, Started.class)).isEqualTo(List.of("start(NONE, 0, null) by Started"));
    }

    @Test
    void shouldOfferEveryMethodThatStartsTasks() throws Exception {
        assertThat(Isolated.run(folder, Tasks.class).size()).isEqualTo(36);
    }

    @Test
    void shouldBindHandlesToTheClusterOfEachCall() throws Exception {
        assertThat(Isolated.run(folder, Handles.class))
                .isEqualTo(List.of(
                        "strictCentralized(s)",
                        "strictCentralized(s).get(a)",
                        "strictCentralized(s).get(a, 0)",
                        "strictCentralized(s).addAndGet(a, 2)",
                        "linFastRead(l)",
                        "linFastRead(l).compareAndSet(a, null, 1)",
                        "linFastRead(l).fields()",
                        "linFastRead(l).get(done, class java.lang.Long)",
                        "linFastRead(l).set(done, 5)",
                        "weak(w)",
                        "weak(w).set(a, null)",
                        "weak(w).sync()",
                        "weak(w).syncAsync()",
                        "updateOnRelease(u)",
                        "updateOnRelease(u).acquire()",
                        "updateOnRelease(u).acquire().close()",
                        "updateOnRelease(u).tryAcquire(PT1S)",
                        "updateOnRelease(u).release()",
                        "updateOnRelease(u).clear()",
                        "strictCentralized(s)",
                        "strictCentralized(s).get(b)"));
    }

    @Test
    void shouldBindBarriersAndTheirLikeToTheClusterOfEachCall() throws Exception {
        assertThat(Isolated.run(folder, Coordination.class))
                .isEqualTo(List.of(
                        "barrier(b, 3)",
                        "barrier(b, 3).await()",
                        "barrier(b, 3)",
                        "barrier(b, 3).await(PT1S)",
                        "semaphore(s, 2)",
                        "semaphore(s, 2).acquire()",
                        "semaphore(s, 2)",
                        "semaphore(s, 2).tryAcquire(PT1S)",
                        "semaphore(s, 2)",
                        "semaphore(s, 2).release()",
                        "semaphore(s, 2)",
                        "semaphore(s, 2).availablePermits()",
                        "latch(l, 4)",
                        "latch(l, 4).await()",
                        "latch(l, 4)",
                        "latch(l, 4).await(PT1S)",
                        "latch(l, 4)",
                        "latch(l, 4).countDown()",
                        "latch(l, 4)",
                        "latch(l, 4).getCount()",
                        "atomicLong(n)",
                        "atomicLong(n).get()",
                        "atomicLong(n)",
                        "atomicLong(n).set(5)",
                        "atomicLong(n)",
                        "atomicLong(n).addAndGet(1)",
                        "atomicLong(n)",
                        "atomicLong(n).compareAndSet(1, 2)"));
    }

    @Test
    void shouldNameTheSizeThatIsNone() {
        assertThatThrownBy(() -> GoAway.barrier("x", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("barrier 'x'", "not 0");
        assertThatThrownBy(() -> GoAway.semaphore("x", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("semaphore 'x'", "not -1");
        assertThatThrownBy(() -> GoAway.latch("x", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("latch 'x'", "not -1");
    }

    @Test
    void shouldBindLocksAndTheirConditionsToTheClusterOfEachCall() throws Exception {
        assertThat(Isolated.run(folder, Locks.class))
                .isEqualTo(List.of(
                        "lock(k)",
                        "lock(k).hold()",
                        "lock(k).hold().token()",
                        "lock(k).hold().close()",
                        "lock(k)",
                        "lock(k).lock()",
                        "lock(k)",
                        "lock(k).tryLock(1, SECONDS)",
                        "lock(k)",
                        "lock(k).token()",
                        "lock(k)",
                        "lock(k).isHeldByCurrentThread()",
                        "lock(k)",
                        "lock(k).newCondition()",
                        "lock(k).newCondition().signal()",
                        "lock(k)",
                        "lock(k).condition(c)",
                        "lock(k).condition(c).signalAll()",
                        "lock(k)",
                        "lock(k).condition(c)",
                        "lock(k).condition(c).awaitNanos(7)",
                        "lock(k)",
                        "lock(k).unlock()"));
    }

    @Test
    void shouldCompareHandlesByKindAndName() {
        assertThat(GoAway.weak("a")).isEqualTo(GoAway.weak("a")).hasSameHashCodeAs(GoAway.weak("a"));
        assertThat(GoAway.weak("a")).isNotEqualTo(GoAway.weak("b"));
        assertThat((Object) GoAway.weak("a")).isNotEqualTo(GoAway.updateOnRelease("a"));
        assertThat(GoAway.lock("a")).isEqualTo(GoAway.lock("a"));
        assertThat(GoAway.lock("a").condition("c")).isEqualTo(GoAway.lock("a").condition("c"));
        assertThat(GoAway.lock("a").newCondition())
                .isNotEqualTo(GoAway.lock("a").condition("c"));
        assertThat(GoAway.linFastRead("a").name()).isEqualTo("a");
        assertThat(GoAway.linFastRead("a")).hasToString("LinFastRead 'a'");
        assertThat(GoAway.lock("a")).hasToString("ClusterLock 'a'");
    }

    static final class Local implements Callable<List<String>> {
        @Override
        public List<String> call() {
            assertThat(GoAway.local(3)).isSameAs(GoAway.current());
            return RecordingProvider.CALLS;
        }
    }

    static final class InProcess implements Callable<List<String>> {
        @Override
        public List<String> call() {
            assertThat(GoAway.inProcess(2)).isSameAs(GoAway.current());
            return RecordingProvider.CALLS;
        }
    }

    static final class NoArguments implements Callable<List<String>> {
        @Override
        public List<String> call() {
            assertThat(GoAway.init(new String[0])).isSameAs(GoAway.current());
            return RecordingProvider.CALLS;
        }
    }

    static final class FileArgument implements Callable<List<String>> {
        @Override
        public List<String> call() {
            assertThat(GoAway.init("my.yml", "more")).isSameAs(GoAway.current());
            return RecordingProvider.CALLS;
        }
    }

    static final class OtherArgument implements Callable<List<String>> {
        @Override
        public List<String> call() {
            assertThat(GoAway.init("more", "my.yml")).isSameAs(GoAway.current());
            return RecordingProvider.CALLS;
        }
    }

    static final class Started implements Callable<List<String>> {
        @Override
        public List<String> call() {
            Cluster cluster =
                    Cluster.start(ClusterConfig.builder().launch("none").build());
            assertThat(cluster).isNotNull();
            return RecordingProvider.CALLS;
        }
    }

    /** Each method of TaskStarter, by its mirror in GoAway. */
    static final class Tasks implements Callable<List<String>> {

        private static final List<Object> VALUES = List.of(
                TaskOptions.defaults(),
                (RemoteCallable<Integer>) () -> 1,
                (RemoteRunnable) () -> {},
                (RemoteFunction<Object, Object>) a -> a,
                (RemoteBiFunction<Object, Object, Object>) (a, b) -> a,
                (RemoteTriFunction<Object, Object, Object, Object>) (a, b, c) -> a,
                (RemoteConsumer<Object>) a -> {},
                (RemoteBiConsumer<Object, Object>) (a, b) -> {},
                (RemoteTriConsumer<Object, Object, Object>) (a, b, c) -> {},
                (Collection<?>) Set.of(1));

        @Override
        public List<String> call() throws ReflectiveOperationException {
            Cluster cluster = GoAway.local(1);
            List<String> names = new ArrayList<>();
            for (Method method : TaskStarter.class.getMethods()) {
                if (Modifier.isStatic(method.getModifiers())) {
                    continue;
                }
                Object[] args = Arrays.stream(method.getParameterTypes())
                        .map(Tasks::value)
                        .toArray();
                Method mirror = GoAway.class.getMethod(method.getName(), method.getParameterTypes());
                RecordingProvider.CALLS.clear();
                assertThat(mirror.invoke(null, args)).isNotNull();
                List<String> byGoAway = List.copyOf(RecordingProvider.CALLS);
                RecordingProvider.CALLS.clear();
                assertThat(method.invoke(cluster, args)).isNotNull();
                assertThat(byGoAway).hasSize(1).isEqualTo(RecordingProvider.CALLS);
                names.add(method.toString());
            }
            return names;
        }

        private static Object value(Class<?> type) {
            return type == Object.class
                    ? "argument"
                    : VALUES.stream().filter(type::isInstance).findFirst().orElseThrow();
        }
    }

    /** Handles made before there is a cluster. */
    static final class Handles implements Callable<List<String>> {

        interface View {
            long done();

            void done(long value);
        }

        private final LinFastRead fast = GoAway.linFastRead("l");
        private final View view = fast.as(View.class);
        private final Weak weak = GoAway.weak("w");
        private final UpdateOnRelease release = GoAway.updateOnRelease("u");
        private final StrictCentralized strict = GoAway.strictCentralized("s");

        @Override
        public List<String> call() {
            GoAway.local(1);
            RecordingProvider.CALLS.clear();
            strict.get("a");
            strict.get("a", 0L);
            strict.addAndGet("a", 2);
            fast.compareAndSet("a", null, 1);
            fast.fields();
            assertThat(view.done()).isZero();
            view.done(5);
            weak.set("a", null);
            weak.sync();
            assertThat(weak.syncAsync()).isNull();
            try (var held = release.acquire()) {
                assertThat(held).isNotNull();
            }
            release.tryAcquire(Duration.ofSeconds(1));
            release.release();
            release.clear();
            RecordingProvider.here = Recorder.cluster(RecordingProvider.CALLS);
            strict.get("b");
            return RecordingProvider.CALLS;
        }
    }

    static final class Coordination implements Callable<List<String>> {

        @Override
        public List<String> call() throws Exception {
            GoAway.local(1);
            RecordingProvider.CALLS.clear();
            ClusterBarrier barrier = GoAway.barrier("b", 3);
            barrier.await();
            barrier.await(Duration.ofSeconds(1));
            ClusterSemaphore semaphore = GoAway.semaphore("s", 2);
            semaphore.acquire();
            semaphore.tryAcquire(Duration.ofSeconds(1));
            semaphore.release();
            semaphore.availablePermits();
            ClusterLatch latch = GoAway.latch("l", 4);
            latch.await();
            latch.await(Duration.ofSeconds(1));
            latch.countDown();
            latch.getCount();
            ClusterLong number = GoAway.atomicLong("n");
            number.get();
            number.set(5);
            number.incrementAndGet();
            number.compareAndSet(1, 2);
            return RecordingProvider.CALLS;
        }
    }

    @SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop"}) // nothing is locked: calls are written down
    static final class Locks implements Callable<List<String>> {

        private final ClusterLock lock = GoAway.lock("k");

        @Override
        public List<String> call() throws InterruptedException {
            GoAway.local(1);
            RecordingProvider.CALLS.clear();
            try (var held = lock.hold()) {
                held.token();
            }
            lock.lock();
            assertThat(lock.tryLock(1, TimeUnit.SECONDS)).isFalse();
            lock.token();
            lock.isHeldByCurrentThread();
            lock.newCondition().signal();
            var condition = lock.condition("c");
            condition.signalAll();
            assertThat(condition.awaitNanos(7)).isZero();
            lock.unlock();
            return RecordingProvider.CALLS;
        }
    }
}
