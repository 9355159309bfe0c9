package org.goaway.protocol.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The simulation must notice when a rule is broken. */
@Tag("simulation")
class LockMutantsTest {

    private static final int SEEDS = 500;

    @Test
    void shouldCatchAHomeThatLetsRequestsOvertake() {
        assertCaught(queues(Overtaking::new));
    }

    private static final class Overtaking extends LockQueue {
        private Waiter aside;

        Overtaking(long epoch) {
            super(epoch);
        }

        @Override
        void add(Request request, String holder) {
            if (aside == null && hold().isPresent()) {
                aside = new Waiter(request, holder, null);
            } else {
                super.add(request, holder);
            }
        }

        @Override
        boolean isWaiting(Request request) {
            return super.isWaiting(request) || (aside != null && aside.request().equals(request));
        }

        @Override
        Optional<Hold> grantNext(long base) {
            Optional<Hold> next = super.grantNext(base);
            if (aside != null && (next.isPresent() || hold().isEmpty())) {
                super.add(aside.request(), aside.holder());
                aside = null;
            }
            return next.or(() -> super.grantNext(base));
        }
    }

    @Test
    void shouldCatchAHomeThatGrantsWhatIsHeld() {
        assertCaught(queues(epoch -> new LockQueue(epoch) {
            @Override
            Optional<Hold> grantNext(long base) {
                if (hold().isPresent()) {
                    release(List.of());
                }
                return super.grantNext(base);
            }
        }));
    }

    @Test
    void shouldCatchAHomeThatTakesAnyTokenForThePresentOne() {
        assertCaught(queues(epoch -> new LockQueue(epoch) {
            @Override
            boolean isHeldWith(long token) {
                return hold().isPresent();
            }
        }));
    }

    @Test
    void shouldCatchAHomeThatIssuesATokenTwice() {
        assertCaught(queues(epoch -> new LockQueue(epoch) {
            @Override
            Optional<Hold> hold() {
                return super.hold().map(hold -> new Hold(hold.waiter(), hold.token() / 2, hold.base()));
            }

            @Override
            Optional<Hold> grantNext(long base) {
                return super.grantNext(base).flatMap(hold -> hold());
            }

            @Override
            boolean isHeldWith(long token) {
                return hold().filter(hold -> hold.token() == token).isPresent();
            }
        }));
    }

    @Test
    void shouldCatchAHomeThatForgetsTheTokensOfALockAtRest() {
        assertCaught(queues(epoch -> new LockQueue(epoch) {
            @Override
            void startAfter(long token) {}
        }));
    }

    @Test
    void shouldCatchAHomeThatTakesALockForOneAtRestWhileAConditionIsAwaited() {
        assertCaught(queues(epoch -> new LockQueue(epoch) {
            @Override
            boolean isAtRest() {
                return hold().isEmpty();
            }
        }));
    }

    @Test
    void shouldCatchAHomeThatDropsSignals() {
        assertCaught(queues(epoch -> new LockQueue(epoch) {
            @Override
            void release(List<Signal> signals) {
                super.release(List.of());
            }
        }));
    }

    @Test
    void shouldCatchAHomeThatWakesOneForAll() {
        assertCaught(queues(epoch -> new LockQueue(epoch) {
            @Override
            void release(List<Signal> signals) {
                super.release(signals.stream()
                        .map(signal -> new Signal(signal.condition(), false))
                        .toList());
            }
        }));
    }

    @Test
    void shouldCatchAHomeThatKeepsTheSignalOfAGrantGivenBack() {
        LocalCluster.Factory<Locks> mutant = queues(epoch -> new LockQueue(epoch) {
            @Override
            void giveBack() {
                release(List.of());
            }
        });
        assertThat(Seeds.firstToFail(SEEDS, run -> SignalScenario.run(run, 3, mutant)))
                .as("the first seed that notices")
                .isPositive();
    }

    @Test
    void shouldCatchAHomeThatGrantsOnceOnly() {
        assertCaught(sending(() -> {
            Set<Message> grants = new HashSet<>();
            return message -> !(message instanceof Grant) || grants.add(message);
        }));
    }

    @Test
    void shouldCatchARequesterThatKeepsAnUnwantedGrant() {
        assertCaught(sending(() -> message -> !(message instanceof Unlock unlock && unlock.unwanted())));
    }

    @Test
    void shouldCatchARequesterThatAsksOnceOnly() {
        assertCaught(sending(() -> {
            Set<Message> requests = new HashSet<>();
            return message -> !(message instanceof Acquire) || requests.add(message);
        }));
    }

    /** Sends only what passes. */
    private record Sieve(Transport transport, Predicate<Message> passes) implements Transport {

        @Override
        public void send(MemberId to, Message message) {
            if (passes.test(message)) {
                transport.send(to, message);
            }
        }

        @Override
        public void multicast(Collection<MemberId> to, Message message) {
            if (passes.test(message)) {
                transport.multicast(to, message);
            }
        }
    }

    private static LocalCluster.Factory<Locks> queues(LongFunction<LockQueue> newQueue) {
        return new LockParts() {
            @Override
            LockQueue queue(long epoch) {
                return newQueue.apply(epoch);
            }
        }.factory();
    }

    private static LocalCluster.Factory<Locks> sending(Supplier<Predicate<Message>> passes) {
        return new LockParts() {
            @Override
            protected Transport sending(Transport transport) {
                return new Sieve(transport, passes.get());
            }
        }.factory();
    }

    private static void assertCaught(LocalCluster.Factory<Locks> mutant) {
        assertThat(Seeds.firstToFail(SEEDS, run -> LockScenario.run(run, 3, mutant)))
                .as("the first seed that notices")
                .isPositive();
    }
}
