package org.goaway.protocol.spine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Operation;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.ReplicatedState;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Version;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.kit.SimulatedRaft;
import org.goaway.protocol.strict.Changed;
import org.goaway.protocol.strict.StrictCommand;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each test breaks one rule from outside; the scenario must notice. */
@Tag("simulation")
class SpineMutantsTest {

    private static final int SEEDS = 300;

    @Test
    void shouldCatchCommandsThatAreAppliedAgain() {
        assertCaught(() -> new Spoiled(ForgettingAnswers::new));
    }

    @Test
    void shouldCatchASnapshotWithoutTheOnceOnlyTable() {
        assertCaught(() -> new Spoiled(state -> new Wrapped(state) {
            @Override
            public void writeTo(Consumer<Message> pieces) {
                super.writeTo(piece -> {
                    if (!(piece instanceof SpinePiece client)) {
                        pieces.accept(piece);
                    } else {
                        pieces.accept(new SpinePiece(client.client(), client.lowest(), List.of()));
                    }
                });
            }
        }));
    }

    @Test
    void shouldCatchAConditionThatIsNotChecked() {
        assertCaught(() -> new Spoiled(state -> new Wrapped(state) {
            @Override
            Command spoil(Command command) {
                return command.body() instanceof StrictCommand.Operate operate
                                && operate.operation() instanceof Operation.SetIf condition
                        ? with(
                                command,
                                new StrictCommand.Operate(
                                        operate.object(), new Operation.Set(condition.field(), condition.next())))
                        : command;
            }
        }));
    }

    @Test
    void shouldCatchAClientThatNoLongerWantsWhatItWaitsFor() {
        assertCaught(() -> new Spoiled(state -> new Wrapped(state) {
            @Override
            Command spoil(Command command) {
                return new Command(command.client(), command.sequence(), command.sequence(), command.body());
            }
        }));
    }

    @Test
    void shouldCatchReadsThatPassTheLogBy() {
        assertCaught(() -> new SpineScenario() {
            @Override
            ReplicatedLog log(SimulatedRaft raft, MemberId member) {
                ReplicatedLog log = super.log(raft, member);
                return new ReplicatedLog() {
                    @Override
                    public Optional<MemberId> leader() {
                        return log.leader();
                    }

                    @Override
                    public CompletableFuture<Message> append(Message entry) {
                        boolean onlyReads = ((Entry) entry)
                                .commands().stream().allMatch(command -> command.body() instanceof StrictCommand.Get);
                        return onlyReads
                                ? CompletableFuture.completedFuture(raft.readLocally(member, entry))
                                : log.append(entry);
                    }
                };
            }
        });
    }

    @Test
    void shouldCatchWatchersThatNeverAskAgain() {
        assertCaught(() -> new SpineScenario() {
            @Override
            Function<Message, CompletableFuture<Message>> submission(Spine spine) {
                List<Message> watches = new ArrayList<>();
                return command -> {
                    if (command instanceof StrictCommand.Watch) {
                        watches.add(command);
                    }
                    boolean again = command instanceof StrictCommand.Watch && watches.size() > 1;
                    return again ? new CompletableFuture<>() : spine.submit(command);
                };
            }
        });
    }

    @Test
    void shouldCatchNewsThatLooksOld() {
        assertCaught(() -> new SpineScenario() {
            @Override
            Transport transport(Transport transport) {
                return new Inflating(transport);
            }
        });
    }

    private static void assertCaught(Supplier<SpineScenario> mutant) {
        assertThat(Seeds.firstToFail(SEEDS, run -> mutant.get().run(run)))
                .as("the first seed that fails")
                .isPositive();
    }

    /** Runs with a spoiled state machine. */
    private static final class Spoiled extends SpineScenario {
        private final UnaryOperator<ReplicatedState> spoil;

        Spoiled(UnaryOperator<ReplicatedState> spoil) {
            this.spoil = spoil;
        }

        @Override
        ReplicatedState newState() {
            return spoil.apply(super.newState());
        }
    }

    /** A state machine that can be spoiled in single places. */
    private static class Wrapped implements ReplicatedState {
        private final ReplicatedState state;

        Wrapped(ReplicatedState state) {
            this.state = state;
        }

        Command spoil(Command command) {
            return command;
        }

        static Command with(Command command, Message body) {
            return new Command(command.client(), command.sequence(), command.lowest(), body);
        }

        @Override
        public Message apply(Message entry) {
            return state.apply(new Entry(
                    ((Entry) entry).commands().stream().map(this::spoil).toList()));
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

    /** Takes every command for a new one, and gives the answers back under the old numbers. */
    private static final class ForgettingAnswers extends Wrapped {
        private long last;

        ForgettingAnswers(ReplicatedState state) {
            super(state);
        }

        @Override
        Command spoil(Command command) {
            last++;
            return new Command(command.client(), last, last, command.body());
        }

        @Override
        public void readFrom(Iterator<Message> pieces) {
            List<Message> all = new ArrayList<>();
            pieces.forEachRemaining(all::add);
            for (Message piece : all) {
                last = piece instanceof SpinePiece client ? Math.max(last, client.lowest()) : last;
            }
            super.readFrom(all.iterator());
        }

        @Override
        public Message apply(Message entry) {
            Applied applied = (Applied) super.apply(entry);
            List<Command> commands = ((Entry) entry).commands();
            List<Reply> replies = new ArrayList<>();
            for (int i = 0; i < commands.size(); i++) {
                Reply reply = applied.replies().get(i);
                replies.add(new Reply(reply.client(), commands.get(i).sequence(), reply.answer()));
            }
            return new Applied(replies, applied.notices(), applied.wakeups());
        }
    }

    /** Makes each piece of news look older than the one before. */
    private static final class Inflating implements Transport {
        private final Transport transport;
        private long count = 1_000_000;

        Inflating(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void send(MemberId to, Message message) {
            transport.send(to, message instanceof Changed changed ? inflated(changed) : message);
        }

        private Changed inflated(Changed changed) {
            count--;
            return new Changed(changed.object(), changed.field(), new Version(1, count), changed.value());
        }

        @Override
        public void multicast(Collection<MemberId> to, Message message) {
            to.forEach(member -> send(member, message));
        }
    }
}
