package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.goaway.ClusterClosedException;
import org.goaway.ClusterLock;
import org.goaway.Held;
import org.goaway.LinFastRead;
import org.goaway.LinearizableObject;
import org.goaway.Registration;
import org.goaway.SharedObject;
import org.goaway.UpdateOnRelease;
import org.goaway.Weak;
import org.goaway.internal.wire.Codec;
import org.goaway.internal.wire.value.Handle;
import org.goaway.protocol.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class SharedObjectsTest {

    private final InMemoryNodes nodes = new InMemoryNodes(2);
    private final Codec codec = codec();
    private SharedObjects objects;

    @BeforeEach
    void open() {
        objects = nodes.node(0).sharedObjects(Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        objects.close();
        nodes.close();
    }

    private static Codec codec() {
        return new Codec(SharedObjectsTest.class.getClassLoader(), SharedObjectsTest::refuse);
    }

    private static Object refuse(Handle handle) {
        throw new IllegalStateException("no handle travels here: " + handle);
    }

    @Test
    void shouldGiveTheSameHandleForTheSameApplicationAndName() {
        assertThat(objects.weak("o", codec)).isSameAs(objects.weak("o", codec));
        assertThat(objects.weak("o", codec)).isNotSameAs(objects.weak("p", codec));
        assertThat(objects.weak("o", codec)).isNotSameAs(objects.weak("o", codec()));
        assertThat(objects.lock("o", codec)).isSameAs(objects.lock("o", codec));
        assertThat(objects.strictCentralized("o", codec)).isNotEqualTo(objects.linFastRead("o", codec));
    }

    @Test
    void shouldShareOneObjectAmongApplications() {
        LinFastRead one = objects.linFastRead("o", codec);
        LinFastRead other = objects.linFastRead("o", codec());
        one.set("x", List.of(1, 2));
        assertThat(other.get("x")).isEqualTo(List.of(1, 2));
        assertThat(one.get("x")).isSameAs(one.get("x"));
    }

    @Test
    void shouldForgetTheDecodedCopiesOfAnEndedApplication() {
        LinFastRead one = objects.linFastRead("o", codec);
        one.set("x", List.of(1, 2));
        Object copy = one.get("x");
        assertThat(one.get("x")).isSameAs(copy);
        objects.forget(codec);
        assertThat(one.get("x")).isEqualTo(copy).isNotSameAs(copy);
        assertThatThrownBy(() -> objects.linFastRead("o", codec)).isInstanceOf(ClusterClosedException.class);
    }

    /** Whatever its objects were used for, at their homes and elsewhere, and though others have written them since. */
    @ParameterizedTest
    @EnumSource(ObjectId.Kind.class)
    void shouldKeepNothingOfAnEndedApplication(ObjectId.Kind kind) throws Exception {
        List<WeakReference<Object>> ended = useAndForget(kind);
        objects.strictCentralized("after", codec).get("x"); // goes the same way, after what was asked for before

        for (int i = 0; i < 200 && ended.stream().anyMatch(part -> part.get() != null); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(ended).extracting(WeakReference::get).containsOnlyNulls();
    }

    /** Its codec, and what it has read. */
    private List<WeakReference<Object>> useAndForget(ObjectId.Kind kind) {
        List<WeakReference<Object>> ended = new ArrayList<>();
        Codec own = codec();
        ended.add(new WeakReference<>(own));
        SharedObjects others = nodes.node(1).sharedObjects(Duration.ofSeconds(5));
        for (int i = 0; i < 8; i++) {
            String name = "o" + i;
            switch (kind) {
                case STRICT -> {
                    use(objects.strictCentralized(name, own), ended);
                    others.strictCentralized(name, codec).set("overwritten", 0);
                }
                case FAST_READ -> {
                    use(objects.linFastRead(name, own), ended);
                    others.linFastRead(name, codec).set("overwritten", 0);
                }
                case WEAK -> {
                    Weak weak = objects.weak(name, own);
                    use(weak, ended);
                    weak.sync();
                    others.weak(name, codec).set("overwritten", 0);
                }
                case RELEASE -> {
                    UpdateOnRelease release = objects.updateOnRelease(name, own);
                    release.acquire();
                    use(release, ended);
                    release.array("array", int[].class, 10)[1] = i;
                    release.release();
                    release.flush();
                    UpdateOnRelease there = others.updateOnRelease(name, codec);
                    there.acquire();
                    there.set("overwritten", 0);
                    there.release();
                }
                case LOCK -> {
                    ClusterLock lock = objects.lock(name, own);
                    Registration unused = lock.onLost(() -> {});
                    try (Held held = lock.hold()) {
                        lock.newCondition().signalAll();
                    }
                }
            }
        }
        objects.forget(own);
        others.close();
        return ended;
    }

    private static void use(SharedObject object, List<WeakReference<Object>> read) {
        Registration unused = object.onChange("number", value -> {});
        for (String field : List.of("kept", "overwritten")) {
            object.set(field, List.of(1, 2));
            read.add(new WeakReference<>(object.get(field)));
        }
        object.set("number", 1);
        object.set("number", 2L);
        object.get("number");
        object.fields();
        if (object instanceof LinearizableObject linearizable) {
            linearizable.update("kept", List.of(), list -> List.of(list.size()));
            object.get("kept");
            linearizable.compareAndSet("kept", 3, 4);
            linearizable.compareAndSet("overwritten", 3, 4);
        }
    }

    /** Threads that outlive their program may go on with what they had. */
    @Test
    void shouldTakeInNothingOfAnEndedApplicationThatGoesOn() {
        LinFastRead object = objects.linFastRead("o", codec);
        ClusterLock lock = objects.lock("l", codec);
        UpdateOnRelease release = objects.updateOnRelease("r", codec);
        objects.forget(codec);

        object.set("x", "text");
        object.set("y", java.util.List.of(1, 2));
        assertThat(object.get("x")).isEqualTo("text");
        assertThat(object.get("y")).isEqualTo(java.util.List.of(1, 2)).isNotSameAs(object.get("y"));
        assertThatThrownBy(() -> object.onChange("x", any -> {})).isInstanceOf(ClusterClosedException.class);
        assertThatThrownBy(() -> lock.onLost(() -> {})).isInstanceOf(ClusterClosedException.class);
        assertThat(release.array("a", int[].class, 3)).containsOnly(0);
        assertThatThrownBy(() -> objects.lock("l", codec)).isInstanceOf(ClusterClosedException.class);
    }

    @Test
    void shouldDropTheLossListenersOfAnEndedApplicationOnly() throws Exception {
        CountDownLatch mine = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(2);
        Registration ended = objects.lock("o", codec).onLost(mine::countDown);
        try (Registration registration = objects.lock("o", codec()).onLost(others::countDown)) {
            objects.forget(codec);
            for (int i = 0; i < 2; i++) { // the second time comes after all of the first
                nodes.node(0).listeners.losses().tell(new ObjectId(ObjectId.Kind.LOCK, "o"));
            }

            assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(mine.getCount()).isEqualTo(1);
        }
        ended.close();
    }

    @Test
    void shouldEndTheWatchesOfAnEndedApplicationOnly() {
        Codec others = codec();
        for (String field : List.of("a", "b")) {
            objects.strictCentralized("s", codec).onChange(field, value -> {});
        }
        try (Registration registration = objects.strictCentralized("s", others).onChange("b", value -> {})) {
            assertThat(nodes.watched()).containsExactlyInAnyOrder("a", "b");
            objects.forget(codec);
            objects.strictCentralized("s", others).get("a"); // goes the same way, after what was asked for before
            assertThat(nodes.watched()).containsExactly("b");
        }
    }

    @Test
    void shouldHoldALockInAllHandlesOfAThread() {
        ClusterLock lock = objects.lock("o", codec);
        ClusterLock same = objects.lock("o", codec());
        lock.lock();
        assertThat(same.isHeldByCurrentThread()).isTrue();
        assertThat(same.token()).isEqualTo(lock.token());
        same.unlock();
        assertThat(lock.isHeldByCurrentThread()).isFalse();
    }

    @Test
    void shouldReleaseWhatATaskLeftBehind() {
        objects.lock("a", codec).lock();
        UpdateOnRelease object = objects.updateOnRelease("r", codec);
        object.acquire();
        object.set("x", 1);
        assertThat(objects.releaseAllOf(Thread.currentThread())).containsExactly("UpdateOnRelease 'r'", "lock 'a'");
        assertThat(objects.releaseAllOf(Thread.currentThread())).isEmpty();
        assertThat(objects.lock("a", codec).isHeldByCurrentThread()).isFalse();
        object.acquire();
        assertThat(object.get("x")).isNull();
        object.release();
    }

    @Test
    void shouldThrowOnceClosed() {
        objects.close();
        objects.close();
        assertThatThrownBy(() -> objects.weak("o", codec).set("x", 1)).isInstanceOf(ClusterClosedException.class);
        assertThatThrownBy(() -> objects.lock("o", codec).lock()).isInstanceOf(ClusterClosedException.class);
        assertThatThrownBy(() -> objects.updateOnRelease("o", codec).acquire())
                .isInstanceOf(ClusterClosedException.class);
    }

    /** It could not give it back: unlock() throws by then. */
    @Test
    void shouldNotBlameATaskForWhatItHoldsOnceClosed() {
        objects.lock("a", codec).lock();
        objects.close();
        assertThatThrownBy(objects.lock("a", codec)::unlock).isInstanceOf(ClusterClosedException.class);
        assertThat(objects.releaseAllOf(Thread.currentThread())).isEmpty();
    }
}
