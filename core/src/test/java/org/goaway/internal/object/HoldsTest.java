package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.goaway.LockLostException;
import org.goaway.protocol.ObjectId;
import org.junit.jupiter.api.Test;

class HoldsTest {

    private static final ObjectId LOCK = new ObjectId(ObjectId.Kind.LOCK, "lock");

    private final Holds holds = new Holds(() -> "a thread", new LossListeners(Runnable::run));

    private void otherThread(Runnable step) throws InterruptedException {
        Thread other = new Thread(step);
        other.start();
        other.join();
    }

    /** Reads look there first, and look no further where there is nothing. */
    @Test
    void shouldShowThatThereIsALossUntilItsThreadHasLeft() throws InterruptedException {
        assertThat(holds.now(LOCK)).isNull();
        holds.entered(LOCK, 1, 1);
        holds.lost(LOCK, 1);
        assertThat(holds.now(LOCK)).isNotNull();
        otherThread(() -> {
            holds.entered(LOCK, 2, 1);
            holds.left(holds.mine(LOCK));
        });
        assertThat(holds.now(LOCK)).isNotNull();
        assertThatThrownBy(() -> holds.leaving(LOCK, "leave")).isInstanceOf(LockLostException.class);
        assertThat(holds.now(LOCK)).isNull();
    }

    @Test
    void shouldKeepNothingOfLocksThatNobodyHolds() {
        for (int i = 0; i < 100; i++) {
            ObjectId lock = new ObjectId(ObjectId.Kind.LOCK, "used once " + i);
            assertThat(holds.mine(lock)).isNull();
            holds.entered(lock, 1, 1);
            assertThat(holds.mine(lock)).isNotNull();
            holds.left(holds.mine(lock));
        }
        assertThat(holds.size()).isZero();
    }

    /** Is asked whether it is another one by whoever looks through the holds of all. */
    private static final class Idle extends Thread {
        private int compared;

        @Override
        public boolean equals(Object other) {
            compared++;
            return this == other;
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    @Test
    void shouldFindWhatAThreadHoldsWithoutALookAtWhatOthersHold() {
        Idle idle = new Idle();
        for (int i = 0; i < 10_000; i++) {
            holds.entered(new ObjectId(ObjectId.Kind.LOCK, "lock " + i), 1, 1);
        }
        assertThat(holds.of(idle)).isEmpty();
        assertThat(idle.compared).isZero();
        assertThat(holds.of(Thread.currentThread())).hasSize(10_000);
    }

    @Test
    void shouldCountAHoldToItsThreadUntilItIsLeftOrLost() {
        ObjectId other = new ObjectId(ObjectId.Kind.LOCK, "other");
        holds.entered(LOCK, 1, 1);
        holds.entered(other, 1, 1);
        holds.lost(LOCK, 1);
        assertThat(holds.of(Thread.currentThread())).containsExactly(holds.mine(other));
        holds.entered(LOCK, 2, 1);
        assertThat(holds.of(Thread.currentThread())).containsExactlyInAnyOrder(holds.mine(LOCK), holds.mine(other));
        holds.lostBy(Thread.currentThread()).forEach(holds::forgetLost);
        holds.left(holds.mine(other));
        assertThat(holds.of(Thread.currentThread())).containsExactly(holds.mine(LOCK));
        holds.left(holds.mine(LOCK));
        assertThat(holds.of(Thread.currentThread())).isEmpty();
    }

    /** Its token was granted, lost, and another granted, before the first thread came to know of any of it. */
    @Test
    void shouldNotPutALostHoldInThePlaceOfALaterOne() throws InterruptedException {
        holds.lost(LOCK, 1);
        holds.entered(LOCK, 2, 1);
        otherThread(() -> {
            holds.entered(LOCK, 1, 1);
            assertThat(holds.mine(LOCK)).isNull();
            assertThatThrownBy(() -> holds.checkLost(LOCK)).isInstanceOf(LockLostException.class);
        });
        assertThat(holds.mine(LOCK)).isNotNull();
    }
}
