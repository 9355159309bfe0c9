package org.goaway.protocol.weak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.junit.jupiter.api.Test;

class CopiesTest {

    private static final int THREADS = 8;
    private static final int SETS = 5_000;
    private static final ObjectId OBJECT = WeakMembers.object("o");

    private final Copies copies = new Copies(new MemberId(0, 1), 1_000_000_000);
    private final Copies other = new Copies(new MemberId(0, 2), 1_000_000_000);

    @Test
    void shouldHandTheLoopTheLastSetOfEachFieldWhateverTheThreadsDo() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, action -> {
            Thread thread = new Thread(action, "writer");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int writer = i;
                writers.add(threads.submit(() -> write(writer)));
            }
            Map<String, WeakVersion> last = new HashMap<>();
            while (!writers.stream().allMatch(Future::isDone)) {
                drain(last);
            }
            for (Future<?> writer : writers) {
                writer.get(1, TimeUnit.MINUTES);
            }
            drain(last);
            for (String field : copies.replica(OBJECT).versioned()) {
                assertThat(last).containsEntry(field, copies.replica(OBJECT).version(field));
                assertThat(other.replica(OBJECT).get(field))
                        .isEqualTo(copies.replica(OBJECT).get(field));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(copies.load()).isZero();
    }

    @Test
    void shouldLoseNoSetThatIsMadeWhileTheLoopDoubtsWhatIsHere() throws Exception {
        int sets = 20_000;
        Thread writer = new Thread(() -> {
            for (int i = 0; i < sets; i++) {
                copies.write(OBJECT, "f" + i, WeakMembers.value(i, 8));
                if (i % 1_000 == 999) { // so that the loop has few to look at
                    LockSupport.parkNanos(1);
                }
            }
        });
        writer.start();
        Map<FieldId, WeakVersion> sent = new HashMap<>();
        boolean writing = true;
        while (writing) {
            writing = writer.isAlive();
            copies.doubtAllBut(sent);
            for (Copies.Noted noted = copies.next(); noted != null; noted = copies.next()) {
                copies.take(noted);
                List<FieldSet> read = new ArrayList<>();
                copies.read(noted.id(), read);
                read.forEach(set -> sent.put(new FieldId(OBJECT, set.field()), set.version()));
            }
            copies.forgetDoubtful();
        }
        writer.join();
        assertThat(sent).hasSize(sets);
        assertThat(copies.replica(OBJECT).fields()).hasSize(sets);
    }

    /** Installs another member's removal after each one here, before that is noted. */
    private static final class Racing extends Copies {
        private static final WeakVersion HIGHER = new WeakVersion(9, new MemberId(0, 2));

        private final Replica replica = new Replica() {
            @Override
            boolean isDoubtful(String field, WeakVersion version) {
                Racing.this.install(new FieldSet(OBJECT, field, HIGHER, null));
                return super.isDoubtful(field, version);
            }
        };

        Racing() {
            super(new MemberId(0, 1), 1_000_000_000);
        }

        @Override
        Replica replica(ObjectId object) {
            return replica;
        }
    }

    @Test
    void shouldHandTheLoopEachOfTwoRemovalsOfAField() {
        Copies racing = new Racing();
        Tombstones tombstones = new Tombstones(racing);
        racing.write(OBJECT, "f", null);
        assertThat(racing.replica(OBJECT).version("f")).isEqualTo(Racing.HIGHER);
        assertThat(tombstones.isEmpty()).isFalse();
        tombstones.beginRound();
        tombstones.beginEpoch();
        for (int round = 1; round <= 3; round++) {
            tombstones.beginRound();
        }
        assertThat(racing.replica(OBJECT).versioned()).containsExactly("f");
        tombstones.beginRound();
        assertThat(racing.replica(OBJECT).versioned()).isEmpty();
        assertThat(tombstones.isEmpty()).isTrue();
    }

    /** What others set was decoded for others, if at all. */
    @Test
    void shouldRememberTheObjectOfWhatIsSetHereAlone() {
        Copies own = new Copies(new MemberId(0, 1), 1_000);
        Value.Decoder decoder = bytes -> "decoded";
        Value value = Value.of(new byte[1], decoder, "set");
        own.write(OBJECT, "here", value);
        own.install(new FieldSet(OBJECT, "there", new WeakVersion(1, new MemberId(0, 2)), value));
        assertThat(own.replica(OBJECT).get("here").decoded(decoder)).isEqualTo("set");
        assertThat(own.replica(OBJECT).get("there").decoded(decoder)).isEqualTo("decoded");
    }

    @Test
    void shouldLetWritersWaitWhileTooMuchIsUnderWay() {
        Copies small = new Copies(new MemberId(0, 1), 100);
        assertThat(small.room()).isCompleted();
        small.write(OBJECT, "f", WeakMembers.value(1, 200));
        CompletableFuture<Void> room = small.room();
        assertThat(room).isNotDone();
        Copies.Noted noted = small.next();
        small.take(noted);
        small.addLoad(-noted.bytes());
        assertThat(room).isCompleted();
        assertThat(small.room()).isCompleted();
    }

    @Test
    void shouldCountWhatIsQueued() {
        copies.write(OBJECT, "f", null);
        copies.write(OBJECT, "f", null);
        copies.write(OBJECT, "g", null);
        assertThat(copies.queued()).isEqualTo(2);
        copies.take(copies.next());
        copies.write(OBJECT, "f", null);
        assertThat(copies.queued()).isEqualTo(2);
    }

    @Test
    void shouldNoteASetUntilItIsKeptElsewhere() {
        copies.write(OBJECT, "f", WeakMembers.value(1, 10));
        Copies.Noted noted = copies.next();
        assertThat(copies.next()).isEqualTo(noted);
        copies.write(OBJECT, "f", WeakMembers.value(1, 100));
        copies.take(noted);
        assertThat(copies.next()).isNull();
        assertThat(copies.queued()).isZero();
        assertThat(copies.load()).isEqualTo(noted.bytes());
    }

    @Test
    void shouldWakeTheLoopOnceUntilItIsAwake() {
        assertThat(copies.write(OBJECT, "f", null)).isTrue();
        assertThat(copies.write(OBJECT, "g", null)).isFalse();
        copies.awake();
        assertThat(copies.write(OBJECT, "f", null)).isTrue();
    }

    private void write(int writer) {
        for (int i = 0; i < SETS; i++) {
            String field = "f" + i % 10;
            copies.write(OBJECT, field, WeakMembers.value(i, writer));
        }
    }

    private void drain(Map<String, WeakVersion> last) {
        for (Copies.Noted noted = copies.next(); noted != null; noted = copies.next()) {
            copies.take(noted);
            String field = noted.id().field();
            copies.addLoad(-noted.bytes());
            copies.replica(OBJECT).read(field, (version, value) -> {
                last.put(field, version);
                other.install(new FieldSet(OBJECT, field, version, value));
            });
        }
    }
}
