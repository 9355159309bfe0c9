package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.goaway.ClusterLock;
import org.goaway.GoAway;
import org.goaway.RemoteCallable;
import org.goaway.StrictCentralized;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.Handle;
import org.junit.jupiter.api.Test;

class CodecHandleTest {

    private final Codec codec = new Codec(getClass().getClassLoader(), handle -> switch (handle.kind()) {
        case STRICT_CENTRALIZED -> GoAway.strictCentralized(handle.name());
        case LOCK -> GoAway.lock(handle.name());
        default -> handle;
    });

    @Test
    void shouldBindAHandleAgainWhereItArrives() throws Exception {
        StrictCentralized results = GoAway.strictCentralized("results");
        RemoteCallable<String> function = () -> results.name();

        @SuppressWarnings("unchecked")
        RemoteCallable<String> copy = (RemoteCallable<String>) codec.decode(codec.encode(function));

        assertThat(copy.call()).isEqualTo("results");
    }

    @Test
    void shouldSendKindAndName() {
        assertThat(codec.decode(codec.encode(GoAway.linFastRead("f"))))
                .isEqualTo(new Handle(Handle.Kind.LIN_FAST_READ, "f"));
        assertThat(codec.decode(codec.encode(GoAway.weak("w")))).isEqualTo(new Handle(Handle.Kind.WEAK, "w"));
        assertThat(codec.decode(codec.encode(GoAway.updateOnRelease("r"))))
                .isEqualTo(new Handle(Handle.Kind.UPDATE_ON_RELEASE, "r"));
        assertThat(codec.decode(codec.encode(GoAway.atomicLong("n")))).isEqualTo(new Handle(Handle.Kind.LONG, "n"));
        assertThat(codec.decode(codec.encode(Map.of("l", GoAway.lock("l"))))).isInstanceOf(Map.class);
    }

    @Test
    void shouldSendTheSizeWithTheName() {
        assertThat(List.of(GoAway.barrier("a b", 3), GoAway.semaphore("a b", 3), GoAway.latch("a b", 3)))
                .map(handle -> (Handle) codec.decode(codec.encode(handle)))
                .allMatch(handle -> handle.size() == 3 && handle.ownName().equals("a b"))
                .map(Handle::kind)
                .containsExactly(Handle.Kind.BARRIER, Handle.Kind.SEMAPHORE, Handle.Kind.LATCH);
    }

    @Test
    void shouldSendTheLockOfAGuardedHandleWithTheName() {
        ClusterLock lock = GoAway.lock("l 1");

        assertThat(List.of(
                        GoAway.strictCentralized("2 s").guardedBy(lock),
                        GoAway.linFastRead("2 s").guardedBy(lock)))
                .map(handle -> (Handle) codec.decode(codec.encode(handle)))
                .allMatch(handle ->
                        handle.lockName().equals("l 1") && handle.ownName().equals("2 s"))
                .map(Handle::kind)
                .containsExactly(Handle.Kind.GUARDED_STRICT, Handle.Kind.GUARDED_FAST_READ);
    }

    @Test
    void shouldSayWhenAHandleMeansNothing() {
        byte[] bytes = codec.encode(GoAway.lock("l"));

        assertThatThrownBy(() -> new Codec(getClass().getClassLoader(), handle -> null).decode(bytes))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("LOCK");
    }
}
