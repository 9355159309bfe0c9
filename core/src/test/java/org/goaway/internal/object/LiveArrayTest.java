package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.goaway.Held;
import org.goaway.LockLostException;
import org.goaway.UpdateOnRelease;
import org.goaway.WrongTypeException;
import org.goaway.internal.wire.Codec;
import org.goaway.protocol.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The arrays that sections compute in. */
@Timeout(60)
class LiveArrayTest {

    private static final ObjectId ID = new ObjectId(ObjectId.Kind.RELEASE, "r");

    private final InMemoryNodes nodes = new InMemoryNodes(3);
    private final UpdateOnRelease one = nodes.node(0).live("r");
    private final UpdateOnRelease two = nodes.node(1).live("r");

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void shouldCarryWhatTwoMembersChangeInTurnToTheSameInstances() {
        double[] here = one.array("a", double[].class, 10_000);
        double[] there = two.array("a", double[].class, 10_000);
        for (int i = 1; i <= 20; i++) {
            try (Held held = one.acquire()) {
                here[i] = i;
                here[9_000 + i]++;
            }
            try (Held held = two.acquire()) {
                assertThat(there[i]).isEqualTo(i);
                there[5_000 + i] = -i;
            }
        }
        two.flush();
        assertThat(here).isEqualTo(there);
        assertThat(one.array("a", double[].class, 10_000)).isSameAs(here);
        assertThat(one.get("a")).isSameAs(here);
        assertThat((double[]) nodes.node(2).live("r").get("a")).isEqualTo(here);
    }

    /** Of a thread that goes on after its program's end, as one that was cut off and has come back. */
    @Test
    void shouldFollowForAnEndedApplicationAndKeepNothingOfIt() {
        WeakReference<Values> ended = useAfterItsEnd();
        try (Held held = one.acquire()) { // what this node waited for last is another's
            one.set("x", 1);
        }

        for (int i = 0; i < 100 && ended.get() != null; i++) {
            System.gc();
        }
        assertThat(ended.get()).isNull();
    }

    private WeakReference<Values> useAfterItsEnd() {
        Values application = new Values(new Codec(getClass().getClassLoader(), handle -> handle));
        UpdateOnRelease ended = nodes.node(0).live("r", application);
        double[] before = ended.array("b", double[].class, 3);
        application.end();
        ((ObjectHandle) ended).forget();
        double[] after = ended.array("a", double[].class, 3);
        try (Held held = two.acquire()) {
            two.array("a", double[].class, 3)[1] = 5;
            two.array("b", double[].class, 3)[1] = 6;
        }
        try (Held held = ended.acquire()) {
            assertThat(after).containsExactly(0, 5, 0);
            assertThat(before).containsExactly(0, 6, 0);
            before[2] = 7;
        }
        try (Held held = two.acquire()) {
            assertThat(two.array("b", double[].class, 3)).containsExactly(0, 6, 7);
        }
        return new WeakReference<>(application);
    }

    @Test
    void shouldCarryEveryTypeOfArray() {
        List<Class<?>> types = List.of(long[].class, int[].class, float[].class, byte[].class, double[].class);
        for (Class<?> type : types) {
            Object here = one.array(type.getName(), type, 300);
            Object there = two.array(type.getName(), type, 300);
            for (int round = 0; round < 2; round++) {
                try (Held held = one.acquire()) {
                    for (int i = 10 * round; i < 20; i++) {
                        java.lang.reflect.Array.setByte(here, i * 10, (byte) (i + round));
                    }
                }
                one.flush();
                assertThat(there).as(type.getName()).isEqualTo(here);
            }
        }
        assertThat(two.fields()).hasSize(types.size());
    }

    @Test
    void shouldTakeAFieldThatIsNotSetForZerosAndSetItWhenItChanges() {
        int[] here = one.array("a", int[].class, 4);
        assertThat(here).containsOnly(0);
        one.acquire();
        assertThat(one.get("a")).isNull();
        one.release();
        assertThat(one.get("a")).isNull();
        one.acquire();
        here[3] = 1;
        assertThat(one.get("a")).isSameAs(here);
        one.release();
        one.flush();
        assertThat(two.array("a", int[].class, 4)).containsExactly(0, 0, 0, 1);
    }

    @Test
    void shouldCountAnArrayThatTheSectionChangedAmongItsFields() {
        int[] here = one.array("a", int[].class, 4);
        one.acquire();
        assertThat(one.fields()).isEmpty();
        here[3] = 1;
        assertThat(one.fields()).containsExactly("a");
        one.clear();
        assertThat(here).containsOnly(0);
        assertThat(one.fields()).isEmpty();
        here[0] = 2;
        assertThat(one.fields()).containsExactly("a");
        one.clear();
        one.release();
        assertThat(one.fields()).isEmpty();
    }

    @Test
    void shouldShowWhatASectionSetsInTheSameInstance() {
        int[] here = one.array("a", int[].class, 3);
        int[] there = two.array("a", int[].class, 3);
        try (Held held = one.acquire()) {
            one.set("a", new int[] {1, 2, 3});
            assertThat(here).containsExactly(1, 2, 3);
            here[0] = 9;
        }
        one.flush();
        assertThat(there).containsExactly(9, 2, 3);
        try (Held held = two.acquire()) {
            two.set("a", null);
            assertThat(there).containsOnly(0);
        }
        two.flush();
        assertThat(here).containsOnly(0);
        assertThat(one.get("a")).isNull();
        try (Held held = one.acquire()) {
            one.set("b", new int[] {4});
            assertThat(one.array("b", int[].class, 1)).containsExactly(4);
        }
        assertThat(one.array("b", int[].class, 1)).containsExactly(4);
    }

    @Test
    void shouldRefuseOtherTypesAndLengths() {
        try (Held held = one.acquire()) {
            one.set("a", new int[] {1, 2, 3});
            one.set("b", "text");
        }
        assertThatThrownBy(() -> one.array("a", int[].class, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'r'")
                .hasMessageContaining("'a'")
                .hasMessageContaining("3")
                .hasMessageContaining("4");
        assertThatThrownBy(() -> one.array("a", double[].class, 3))
                .isInstanceOf(WrongTypeException.class)
                .hasMessageContaining("int[]")
                .hasMessageContaining("double[]");
        assertThatThrownBy(() -> one.array("b", float[].class, 3))
                .isInstanceOf(WrongTypeException.class)
                .hasMessageContaining("String");
        assertThatThrownBy(() -> one.array("c", String[].class, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("double[]");
        assertThatThrownBy(() -> one.array("c", int[].class, -1)).isInstanceOf(IllegalArgumentException.class);
        int[] array = one.array("a", int[].class, 3);
        assertThatThrownBy(() -> one.array("a", int[].class, 4)).isInstanceOf(IllegalArgumentException.class);
        try (Held held = one.acquire()) {
            one.set("a", "no array any more");
        }
        assertThat(array).containsExactly(1, 2, 3);
        assertThat(one.get("a")).isEqualTo("no array any more");
        assertThatThrownBy(() -> one.array("a", int[].class, 3)).isInstanceOf(WrongTypeException.class);
        try (Held held = two.acquire()) {
            two.set("a", new int[] {7, 8, 9});
        }
        two.flush();
        assertThat(array).containsExactly(7, 8, 9);
    }

    @Test
    void shouldTakeBackWhatALostSectionChanged() {
        int[] here = one.array("a", int[].class, 3);
        try (Held held = one.acquire()) {
            here[0] = 1;
        }
        long token = one.acquire().token();
        here[0] = 2;
        here[1] = 2;
        nodes.node(0).holds.lost(ID, token);
        assertThatThrownBy(() -> one.get("a")).isInstanceOf(LockLostException.class);
        assertThat(here).containsExactly(1, 0, 0);
        here[2] = 3;
        assertThatThrownBy(one::release).isInstanceOf(LockLostException.class);
        assertThat(here).containsExactly(1, 0, 0);
    }

    @Test
    void shouldLeaveALaterSectionAloneWhenALostOneIsTakenBack() throws InterruptedException {
        int[] here = one.array("a", int[].class, 3);
        long token = one.acquire().token();
        here[0] = 1;
        lose(token);
        Later later = new Later(one, () -> here[1] = 2);
        assertThatThrownBy(() -> one.get("a")).isInstanceOf(LockLostException.class);
        assertThatThrownBy(one::release).isInstanceOf(LockLostException.class);
        later.end();
        one.flush();
        assertThat(two.get("a", int[].class)).containsExactly(0, 2, 0);
        assertThat(here).containsExactly(0, 2, 0);
    }

    @Test
    void shouldTakeBackInItsOwnProgramsArraysWhileAnothersSectionIsOn() throws InterruptedException {
        int[] here = one.array("a", int[].class, 3);
        lose(one.acquire().token());
        Later later = new Later(nodes.node(0).live("r"), () -> {});
        here[0] = 1;
        assertThatThrownBy(one::release).isInstanceOf(LockLostException.class);
        assertThat(here).containsExactly(0, 0, 0);
        later.end();
    }

    /** As if this member had been out: its thread does not know. */
    private void lose(long token) {
        InMemoryNode node = nodes.node(0);
        node.holds.lost(ID, token);
        node.calls.tell(() -> node.protocols.release().release(ID, token, Map.of()));
    }

    /** A section of another thread, in which it stays after what it does. */
    private static final class Later {
        private final Semaphore told = new Semaphore(0);
        private final Thread thread;

        Later(UpdateOnRelease object, Runnable does) throws InterruptedException {
            Semaphore in = new Semaphore(0);
            thread = new Thread(() -> {
                try (Held held = object.acquire()) {
                    does.run();
                    in.release();
                    told.acquireUninterruptibly();
                }
            });
            thread.start();
            in.acquire();
        }

        void end() throws InterruptedException {
            told.release();
            thread.join();
        }
    }

    @Test
    void shouldTellOfALostSectionBeforeItsThreadIsInAnother() {
        long token = one.acquire().token();
        one.set("b", 1);
        nodes.node(0).holds.lost(ID, token);
        assertThatThrownBy(one::acquire).isInstanceOf(LockLostException.class);
        assertThatThrownBy(() -> one.tryAcquire(Duration.ZERO)).isInstanceOf(LockLostException.class);
        assertThatThrownBy(one::fields).isInstanceOf(LockLostException.class);
        assertThatThrownBy(one::release).isInstanceOf(LockLostException.class);
        assertThat(one.fields()).isEmpty();
    }

    @Test
    void shouldKeepSumsUnderManySectionsOfAllMembers() throws InterruptedException {
        List<UpdateOnRelease> handles = List.of(one, two, nodes.node(2).live("r"));
        List<Thread> threads = handles.stream()
                .map(handle -> new Thread(() -> {
                    long[] array = handle.array("a", long[].class, 1_000);
                    for (int i = 0; i < 40; i++) {
                        try (Held held = handle.acquire()) {
                            array[i]++;
                            array[999 - i]--;
                            long sum = 0;
                            for (long each : array) {
                                sum += each;
                            }
                            array[500] += sum;
                        }
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        try (Held held = one.acquire()) {
            long[] array = one.array("a", long[].class, 1_000);
            for (int i = 0; i < 40; i++) {
                assertThat(array[i]).isEqualTo(3);
                assertThat(array[999 - i]).isEqualTo(-3);
            }
            assertThat(array[500]).isZero();
        }
    }
}
