package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.goaway.ClusterClosedException;
import org.goaway.MembershipEvent;
import org.goaway.Registration;
import org.goaway.internal.cluster.link.Warnings;
import org.goaway.internal.code.Application;
import org.goaway.internal.code.Applications;
import org.goaway.internal.code.CodeCache;
import org.goaway.internal.code.CodeVersion;
import org.goaway.internal.wire.Codec;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.Test;

class MembershipListenersTest {

    private static final MemberId ONE = new MemberId(0, 1);
    private static final MemberId TWO = new MemberId(0, 2);

    private final MembershipListeners listeners = new MembershipListeners();
    private final List<String> told = new ArrayList<>();
    private final MembershipEvent event = null;

    private static Application programOf(MemberId origin) {
        ClassLoader loader = MembershipListenersTest.class.getClassLoader();
        return new Application(new CodeVersion(origin, 1), loader, new Codec(loader, null));
    }

    @Test
    void shouldDropTheListenersOfAnEndedProgramOnly() {
        Registration ofOne = listeners.add(programOf(ONE), any -> told.add("one"));
        Registration ofTwo = listeners.add(programOf(TWO), any -> told.add("two"));

        listeners.forget(ONE);
        listeners.tell(event);
        assertThat(told).containsExactly("two");

        ofOne.close();
        ofTwo.close();
        listeners.tell(event);
        assertThat(told).containsExactly("two");
    }

    @Test
    void shouldKeepNoListenerOfAProgramThatHasEndedMeanwhile() {
        try (Applications applications = new Applications(
                TWO,
                (to, message, atMost) -> new CompletableFuture<>(),
                loader -> new Codec(loader, null),
                new CodeCache(1 << 20),
                Object::toString,
                List.of())) {
            Application program = applications.of(new CodeVersion(ONE, 1));
            applications.onGone(ONE);
            listeners.forget(ONE);

            assertThatThrownBy(() -> listeners.add(program, any -> told.add("one")))
                    .isInstanceOf(ClusterClosedException.class);
            listeners.tell(event);
            assertThat(told).isEmpty();
        }
    }

    @Test
    void shouldStartNoCallOfAListenerThatWasClosedMeanwhile() {
        List<Registration> later = new ArrayList<>();
        Registration first = listeners.add(programOf(ONE), any -> later.forEach(Registration::close));
        later.add(listeners.add(programOf(TWO), any -> told.add("closed")));

        listeners.tell(event);

        assertThat(told).isEmpty();
        first.close();
    }

    @Test
    void shouldTellTheOthersWhenOneFails() {
        Registration failing = listeners.add(programOf(ONE), any -> {
            throw new AssertionError("the program's own");
        });
        Registration other = listeners.add(programOf(ONE), any -> told.add("other"));

        listeners.tell(event);

        assertThat(told).containsExactly("other");
        failing.close();
        other.close();
    }

    @Test
    void shouldNotWarnOfWhatFailsSinceItIsClosed() throws Exception {
        try (Warnings warnings = new Warnings(MembershipListeners.class)) {
            Registration closing = listeners.add(programOf(ONE), any -> {
                listeners.close();
                throw new ClusterClosedException("as whatever it calls now");
            });
            listeners.tell(event);
            assertThat(warnings.next(Duration.ZERO)).isNull();
            closing.close();
        }
    }
}
