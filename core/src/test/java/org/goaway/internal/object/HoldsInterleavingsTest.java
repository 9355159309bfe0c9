package org.goaway.internal.object;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.goaway.LockLostException;
import org.goaway.protocol.ObjectId;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Threads that enter and leave against the loop, which says that a hold was lost: whatever their steps' order, each call is
 * as if it had happened at one moment. Lincheck tries the interleavings.
 */
@Tag("simulation")
class HoldsInterleavingsTest {

    private static final ObjectId LOCK = new ObjectId(ObjectId.Kind.LOCK, "lock");

    @Test
    void shouldLoseAHoldOnceWhateverItsThreadDoes() {
        new ModelCheckingOptions()
                .iterations(25)
                .invocationsPerIteration(300)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0)
                .minimizeFailedScenario(false)
                .sequentialSpecification(Model.class)
                .check(Real.class);
    }

    /** The holds, with a home that grants to one at a time. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class Real {

        private final Holds holds = new Holds(() -> "a thread", new LossListeners(Runnable::run));
        /** The home: twice the last token, and one more while it is granted. */
        private final AtomicLong home = new AtomicLong();
        /** What is being lost is not free before its thread can know of it. */
        private volatile boolean losing;

        /** Enters if nobody is in. */
        @Operation
        public boolean enter(@Param(name = "thread") int thread) {
            if (holds.mine(LOCK) != null) {
                return false;
            }
            long free = home.get();
            while (free % 2 != 0 || !home.compareAndSet(free, free + 3)) {
                if (free % 2 != 0 && !losing && home.get() == free) {
                    return false;
                }
                Thread.onSpinWait();
                free = home.get();
            }
            long token = (free + 3) / 2;
            holds.entered(LOCK, token, 1);
            return true;
        }

        /** Leaves what this thread is in or has lost. */
        @Operation
        public String leave(@Param(name = "thread") int thread) {
            try {
                Hold hold = holds.leaving(LOCK, "leave");
                hold.leave();
                home.compareAndSet(hold.token * 2 + 1, hold.token * 2);
                holds.left(hold);
                return "left";
            } catch (LockLostException lost) {
                return "lost";
            } catch (IllegalMonitorStateException none) {
                return "none";
            }
        }

        /** A thread that looks whether there is any hold at all finds that it has lost one. */
        @Operation
        public boolean seesLoss(@Param(name = "thread") int thread) {
            try {
                holds.checkLost(LOCK);
                return true;
            } catch (LockLostException lost) {
                return holds.now(LOCK) != null;
            }
        }

        /** The member was out: what was granted is void. */
        @Operation(nonParallelGroup = "loop")
        public void lose() {
            losing = true;
            long granted = home.get();
            if (granted % 2 != 0) {
                holds.lost(LOCK, granted / 2);
                home.compareAndSet(granted, granted - 1);
            }
            losing = false;
        }
    }

    /** What all of it means. */
    public static class Model {

        private final Set<Integer> lost = new HashSet<>();
        private int holder = -1;

        /** As above. */
        public boolean enter(int thread) {
            if (holder >= 0) {
                return false;
            }
            holder = thread;
            return true;
        }

        /** As above. */
        public String leave(int thread) {
            if (holder == thread) {
                holder = -1;
                return "left";
            }
            return lost.remove(thread) ? "lost" : "none";
        }

        /** As above. */
        public boolean seesLoss(int thread) {
            return true;
        }

        /** As above. */
        public void lose() {
            if (holder >= 0) {
                lost.add(holder);
            }
            holder = -1;
        }
    }
}
