package org.goaway.protocol.fastread;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;
import org.goaway.protocol.fastread.FastReadMessage.Change;
import org.goaway.protocol.fastread.FastReadMessage.Lock;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Readers of a replica against the one thread that writes it: whatever their steps' order, each call is as if it had
 * happened at one moment. Lincheck tries the interleavings.
 */
@Tag("simulation")
class ReplicaInterleavingsTest {

    private static final String FIELD = "field";
    private static final MemberId SELF = new MemberId(1, 1);
    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.FAST_READ, "object");
    private static final Epoch EPOCH = new Epoch(1, Map.of(SELF, 1L), List.of(SELF));

    @Test
    void shouldReadAsIfAtOneMoment() {
        options().check(Copy.class);
    }

    @Test
    void shouldNoticeAReaderThatLooksTwice() {
        assertThatThrownBy(() -> options().sequentialSpecification(Copy.class).check(LookedAtTwice.class))
                .isInstanceOf(AssertionError.class);
    }

    private static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .iterations(25)
                .invocationsPerIteration(300)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0);
    }

    /** One replica: a group of operations that only the loop does, one after the other, and reads by anybody. */
    public static class Copy {

        private final Synced synced = new Synced();
        private volatile boolean leased = true;
        private final Replica replica = replica(synced);
        private long count;

        /** Synced and leased. */
        public Copy() {
            synced.reached();
        }

        Replica replica(Synced complete) {
            return new Replica(OBJECT, complete, () -> leased);
        }

        final boolean leased() {
            return leased;
        }

        /** A round comes. */
        @Operation(nonParallelGroup = "loop")
        public void lock(@Param(gen = IntGen.class, conf = "1:4") int value) {
            Version base = replica.version();
            count++;
            Version next = new Version(1, count);
            Change change = new Change(FIELD, Value.of(new byte[] {(byte) value}));
            replica.install(
                    new Lock(1, OBJECT, next, base, List.of(change), List.of(), List.of()), EPOCH, Entry.State.LOCKED);
        }

        /** It is committed. */
        @Operation(nonParallelGroup = "loop")
        public void unlock() {
            replica.unlock();
        }

        /** The member's lease ends, and it learns that it was out. */
        @Operation(nonParallelGroup = "loop")
        public void drop() {
            leased = false;
            synced.lost();
            replica.wipe();
        }

        /** If it was out, it is back and has what the others have. */
        @Operation(nonParallelGroup = "loop")
        public void enter(@Param(gen = IntGen.class, conf = "1:4") int value) {
            if (synced.stint() != 0) {
                return;
            }
            count++;
            Version version = new Version(1, count);
            Contents.Field field = new Contents.Field(FIELD, version, Value.of(new byte[] {(byte) value}), false);
            replica.replace(new Contents(OBJECT, version, true, List.of(field), List.of(), List.of()));
            synced.reached();
            leased = true;
        }

        /** What a reader gets; -1: it waits, -2: nothing is there. */
        @Operation
        public int read() {
            Entry entry = replica.read(FIELD);
            return entry == null
                    ? -1
                    : entry.value() == null ? -2 : entry.value().bytes()[0];
        }
    }

    /** Its reader checks one entry and returns another. */
    public static class LookedAtTwice extends Copy {

        @Override
        Replica replica(Synced complete) {
            return new Replica(OBJECT, complete, this::leased) {
                @Override
                public Entry read(String field) {
                    return super.read(field) == null ? null : present(field);
                }
            };
        }
    }
}
