package org.goaway.protocol.spine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.goaway.protocol.Message;
import org.goaway.protocol.ReplicatedState;
import org.goaway.protocol.coordination.CoordinationCommand.Acquire;
import org.goaway.protocol.coordination.CoordinationCommand.Add;
import org.goaway.protocol.coordination.CoordinationCommand.Arrive;
import org.goaway.protocol.coordination.CoordinationCommand.AwaitZero;
import org.goaway.protocol.coordination.CoordinationCommand.CountDown;
import org.goaway.protocol.coordination.CoordinationCommand.Get;
import org.goaway.protocol.coordination.CoordinationCommand.Release;
import org.goaway.protocol.coordination.CoordinationCommand.Sync;
import org.goaway.protocol.coordination.CoordinationPiece;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.membership.MembershipCommand.Change;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each test breaks one rule from outside; the scenario must notice. */
@Tag("simulation")
class CoordinationMutantsTest {

    private static final int SEEDS = 300;

    @Test
    void shouldCatchAMemberThatNeverAsksAgain() {
        assertCaught(() -> new Spoiled(command -> command instanceof Sync ? null : command));
    }

    @Test
    void shouldCatchPlacesThatAreNotTakenBack() {
        assertCaught(() -> new Spoiled(
                command -> command instanceof Sync sync ? new Sync(sync.upTo(), sync.open(), Set.of()) : command));
    }

    @Test
    void shouldCatchEndsThatAreForgottenBeforeTheyAreKnown() {
        assertCaught(() -> new Spoiled(
                command -> command instanceof Sync sync ? new Sync(sync.upTo(), Set.of(), sync.takenBack()) : command));
    }

    @Test
    void shouldCatchEndsThatAreNeverForgotten() {
        assertCaught(() -> new Spoiled(
                command -> command instanceof Sync sync ? new Sync(0, sync.open(), sync.takenBack()) : command));
    }

    @Test
    void shouldCatchAPermitTooMany() {
        assertCaught(() -> new Spoiled(command -> {
            if (command instanceof Acquire acquire) {
                return new Acquire(acquire.semaphore(), acquire.permits() + 1, acquire.place(), acquire.queue());
            }
            return command instanceof Release release
                    ? new Release(release.semaphore(), release.permits() + 1)
                    : command;
        }));
    }

    @Test
    void shouldCatchABarrierThatOpensTooEarly() {
        assertCaught(() -> new Spoiled(command -> command instanceof Arrive arrive
                ? new Arrive(arrive.barrier(), arrive.parties() - 1, arrive.place())
                : command));
    }

    @Test
    void shouldCatchALatchThatOpensTooEarly() {
        assertCaught(() -> new Spoiled(command -> {
            if (command instanceof AwaitZero await) {
                return new AwaitZero(await.latch(), await.count() - 1, await.place());
            }
            return command instanceof CountDown down ? new CountDown(down.latch(), down.count() - 1) : command;
        }));
    }

    @Test
    void shouldCatchCommandsThatAreRepeatedUnderANewNumber() {
        assertCaught(() -> new CoordinationScenario() {
            @Override
            Function<Message, CompletableFuture<Message>> submission(Spine spine) {
                return command -> {
                    if (command instanceof Release || command instanceof Add) {
                        var unused = spine.submit(command);
                    }
                    return spine.submit(command);
                };
            }
        });
    }

    @Test
    void shouldCatchASnapshotWithoutTheEndsOfWaits() {
        assertCaught(() -> new CoordinationScenario() {
            @Override
            ReplicatedState newState() {
                return new WithoutEnds(super.newState());
            }
        });
    }

    @Test
    void shouldCatchALostMemberThatKeepsWhatItHad() {
        assertCaught(() -> new CoordinationScenario(true) {
            @Override
            ReplicatedState newState() {
                return new Keeping(super.newState());
            }
        });
    }

    private static void assertCaught(Supplier<CoordinationScenario> mutant) {
        assertThat(Seeds.firstToFail(SEEDS, run -> mutant.get().run(run)))
                .as("the first seed that fails")
                .isPositive();
    }

    /** Submits other commands than the members mean to; null: never. */
    private static final class Spoiled extends CoordinationScenario {
        private final UnaryOperator<Message> spoil;

        Spoiled(UnaryOperator<Message> spoil) {
            this.spoil = spoil;
        }

        @Override
        Function<Message, CompletableFuture<Message>> submission(Spine spine) {
            return command -> {
                Message spoiled = spoil.apply(command);
                return spoiled == null ? new CompletableFuture<>() : spine.submit(spoiled);
            };
        }
    }

    /** Never hears that a member has left. */
    private record Keeping(ReplicatedState state) implements ReplicatedState {

        @Override
        public Message apply(Message entry) {
            return state.apply(new Entry(((Entry) entry)
                    .commands().stream()
                            .map(command -> command.body() instanceof Change
                                    ? new Command(command.client(), command.sequence(), command.lowest(), new Get("n"))
                                    : command)
                            .toList()));
        }

        @Override
        public void writeTo(Consumer<Message> pieces) {
            state.writeTo(pieces);
        }

        @Override
        public void readFrom(Iterator<Message> pieces) {
            state.readFrom(pieces);
        }
    }

    /** Forgets a part of itself where it is copied. */
    private record WithoutEnds(ReplicatedState state) implements ReplicatedState {

        @Override
        public Message apply(Message entry) {
            return state.apply(entry);
        }

        @Override
        public void writeTo(Consumer<Message> pieces) {
            state.writeTo(piece -> {
                if (!(piece instanceof CoordinationPiece.OfEnded)) {
                    pieces.accept(piece);
                }
            });
        }

        @Override
        public void readFrom(Iterator<Message> pieces) {
            state.readFrom(pieces);
        }
    }
}
