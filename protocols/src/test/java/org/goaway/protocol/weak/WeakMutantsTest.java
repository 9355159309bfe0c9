package org.goaway.protocol.weak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults put into members: a simulation that finds none of them would be worth nothing. */
@Tag("simulation")
class WeakMutantsTest {

    private static final int MOST_SEEDS = 100;

    @Test
    void shouldCatchAMemberThatKeepsTheLastArrivalInsteadOfTheHighestVersion() {
        assertCaught(withCopies(self -> new Copies(self, 2_000) {
            private long arrivals;

            @Override
            boolean install(FieldSet set) {
                WeakVersion higher =
                        new WeakVersion(1_000_000 + arrivals++, set.version().writer());
                return super.install(new FieldSet(set.object(), set.field(), higher, set.value()));
            }
        }));
    }

    @Test
    void shouldCatchACounterThatDoesNotLearn() {
        assertCaught(withCopies(self -> new Copies(self, 2_000) {
            @Override
            void learn(WeakVersion seen) {}
        }));
    }

    @Test
    void shouldCatchAcknowledgementsWithoutInstallation() {
        assertCaught(withCopies(self -> new Copies(self, 2_000) {
            private int arrivals;

            @Override
            boolean install(FieldSet set) {
                return ++arrivals % 7 != 0 && super.install(set);
            }
        }));
    }

    @Test
    void shouldCatchANoteThatIsLost() {
        assertCaught(withCopies(self -> new Copies(self, 2_000) {
            private int taken;

            @Override
            Noted take() {
                return ++taken % 11 == 0 && super.take() == null ? null : super.take();
            }
        }));
    }

    @Test
    void shouldCatchRemovalsThatDoNotTravel() {
        assertCaught(withSent(message -> message instanceof Sets sets
                ? new Sets(
                        sets.number(),
                        sets.sets().stream().filter(set -> set.value() != null).toList())
                : message));
    }

    @Test
    void shouldCatchTiesThatTheWriterDoesNotBreak() {
        assertCaught(withSent(message -> message instanceof Sets sets
                ? new Sets(
                        sets.number(),
                        sets.sets().stream().map(WeakMutantsTest::nameless).toList())
                : message));
    }

    @Test
    void shouldCatchASenderThatNeverRepeats() {
        assertCaught(new WeakRun.Parts(WeakRun::copies, transport -> transport, NeverRepeats::new));
    }

    private static FieldSet nameless(FieldSet set) {
        return new FieldSet(
                set.object(), set.field(), new WeakVersion(set.version().count(), new MemberId(0, 0)), set.value());
    }

    private static WeakRun.Parts withCopies(Function<MemberId, Copies> copies) {
        return new WeakRun.Parts(copies, transport -> transport, weak -> weak);
    }

    private static WeakRun.Parts withSent(UnaryOperator<Message> forgery) {
        return new WeakRun.Parts(WeakRun::copies, transport -> new Forger(transport, forgery), weak -> weak);
    }

    private static void assertCaught(WeakRun.Parts parts) {
        assertThat(Seeds.firstToFail(
                        MOST_SEEDS, seed -> new WeakRun(seed.seed() % 2 == 0 ? 3 : 5, seed.seed(), parts).run()))
                .as("first seed that shows the fault")
                .isPositive();
    }

    private record Forger(Transport transport, UnaryOperator<Message> forgery) implements Transport {
        @Override
        public void send(MemberId to, Message message) {
            transport.send(to, forgery.apply(message));
        }

        @Override
        public void multicast(Collection<MemberId> to, Message message) {
            transport.multicast(List.copyOf(to), forgery.apply(message));
        }
    }

    private record NeverRepeats(Weak weak) implements Protocol {
        @Override
        public void onMessage(MemberId from, Message message) {
            weak.onMessage(from, message);
        }

        @Override
        public void onEpoch(Epoch epoch) {
            weak.onEpoch(epoch);
        }

        @Override
        public void onGone(MemberId member) {
            weak.onGone(member);
        }

        @Override
        public void onTick(long nanos) {}
    }
}
