package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.goaway.RemoteFunction;
import org.goaway.internal.node.Rehearsal.Part;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    @SuppressWarnings("unchecked")
    void shouldDecodeWhatItEncodes() throws Exception {
        List<Object> decoded = Rehearsal.piece(new Bound(null));

        assertThat(decoded.subList(1, 3)).containsExactly(Part.WHOLE, Part.WHOLE);
        assertThat(decoded.get(1)).isNotSameAs(Part.WHOLE);
        assertThat(((RemoteFunction<Part, Part>) decoded.get(0)).apply(Part.WHOLE))
                .isSameAs(Part.WHOLE);
    }

    @Test
    void shouldBeHeldOnceInAProcess() {
        List<String> held = new ArrayList<>();
        Rehearsal rehearsal = new Rehearsal(Runnable::run);
        rehearsal.hold(() -> held.add("first"));
        rehearsal.hold(() -> held.add("second"));

        assertThat(held).containsExactly("first");
    }

    @Test
    void shouldFailInSilenceOnADaemonThread() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        List<Throwable> uncaught = new ArrayList<>();
        new Rehearsal(Rehearsal::beside).hold(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((any, e) -> uncaught.add(e));
            thread.complete(Thread.currentThread());
            throw new NoClassDefFoundError("for the test");
        });
        Thread beside = thread.get(10, TimeUnit.SECONDS);
        beside.join(TimeUnit.SECONDS.toMillis(10));

        assertThat(beside).isNotSameAs(Thread.currentThread());
        assertThat(beside.isDaemon()).isTrue();
        assertThat(beside.isAlive()).isFalse();
        assertThat(uncaught).isEmpty();
    }

    @Test
    void shouldNotBeMissedWhereThereIsNoThreadForIt() {
        new Rehearsal(piece -> {
                    throw new OutOfMemoryError("unable to create native thread, for the test");
                })
                .hold(() -> {});
    }
}
