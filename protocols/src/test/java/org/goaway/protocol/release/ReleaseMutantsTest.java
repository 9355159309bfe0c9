package org.goaway.protocol.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.goaway.protocol.Changes;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;
import org.goaway.protocol.diff.Change;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.lock.BrokenLocks;
import org.goaway.protocol.lock.Grant;
import org.goaway.protocol.lock.LockParts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The simulation must notice when a rule is broken. */
@Tag("simulation")
class ReleaseMutantsTest {

    private static final int SEEDS = 500;

    @Test
    void shouldCatchAReplicaThatAppliesADiffToAnyBase() {
        assertCaught(new ReleaseParts() {
            @Override
            Replica replica(MemberId self, Changes changes) {
                return new Careless(changes);
            }
        });
    }

    private static final class Careless extends Replica {

        Careless(Changes changes) {
            super(changes);
        }

        @Override
        boolean fits(Diff diff) {
            return diff.token() > version(diff.object());
        }

        @Override
        void apply(Diff diff) {
            super.apply(new Diff(diff.epoch(), diff.object(), diff.token(), version(diff.object()), diff.written()));
        }
    }

    @Test
    void shouldCatchAReleaseThatIsSplit() {
        assertCaught(sending((to, message) -> {
            if (!(message instanceof Diff diff) || diff.written().size() < 2) {
                return List.of(message);
            }
            String field = diff.written().keySet().iterator().next();
            Map<String, Change> rest = new HashMap<>(diff.written());
            Map<String, Change> first = new HashMap<>();
            first.put(field, rest.remove(field));
            return List.of(
                    new Diff(diff.epoch(), diff.object(), diff.token(), diff.base(), first),
                    new Diff(diff.epoch(), diff.object(), diff.token(), diff.base(), rest));
        }));
    }

    @Test
    void shouldCatchAHomeThatTakesAnyReleaseForTheHolders() {
        assertCaught(new ReleaseParts() {
            @Override
            LockParts locks() {
                return BrokenLocks.takingAnyToken();
            }
        });
    }

    @Test
    void shouldCatchASectionThatDoesNotWaitForItsBase() {
        assertCaught(new ReleaseParts() {
            private final Map<MemberId, Hasty> replicas = new HashMap<>();

            @Override
            LockParts locks() {
                return new LockParts() {
                    @Override
                    protected Transport sending(Transport transport) {
                        return new Forger(transport, (to, message) -> overhear(to, message));
                    }
                };
            }

            private List<Message> overhear(MemberId to, Message message) {
                if (message instanceof Grant grant) {
                    replicas.get(to).granted.put(grant.lock(), grant.base());
                }
                return List.of(message);
            }

            @Override
            Replica replica(MemberId self, Changes changes) {
                replicas.put(self, new Hasty(changes));
                return replicas.get(self);
            }
        });
    }

    /** Says that it has whatever version its member is granted. */
    private static final class Hasty extends Replica {
        private final Map<ObjectId, Long> granted = new HashMap<>();

        Hasty(Changes changes) {
            super(changes);
        }

        @Override
        public long version(ObjectId object) {
            return Math.max(super.version(object), granted.getOrDefault(object, 0L));
        }
    }

    @Test
    void shouldCatchAReplicaThatNeverFetches() {
        assertCaught(sending((to, message) -> message instanceof Fetch ? List.of() : List.of(message)));
    }

    @Test
    void shouldCatchAHomeThatNeverTellsTheLatestVersion() {
        assertCaught(sending((to, message) -> message instanceof Latest ? List.of() : List.of(message)));
    }

    @Test
    void shouldCatchAReplicaThatConfirmsWhatItLacks() {
        assertCaught(sending((to, message) -> message instanceof Fetch fetch
                ? List.of(new Applied(fetch.epoch(), fetch.object(), Long.MAX_VALUE))
                : List.of(message)));
    }

    @Test
    void shouldCatchAHomeThatSendsAnIncompleteState() {
        assertCaught(sending((to, message) -> {
            if (!(message instanceof State state) || state.fields().isEmpty()) {
                return List.of(message);
            }
            Map<String, Value> fields = new HashMap<>(state.fields());
            fields.remove(fields.keySet().iterator().next());
            return List.of(new State(state.epoch(), state.object(), state.version(), fields));
        }));
    }

    @Test
    void shouldCatchAReleaserThatDoesNotSendAgain() {
        assertCaught(new ReleaseParts() {
            @Override
            Transport sending(MemberId self, Transport transport) {
                return new OnceOnly(transport);
            }
        });
    }

    /** Sends a release by its multicast only. */
    private record OnceOnly(Transport transport) implements Transport {

        @Override
        public void send(MemberId to, Message message) {
            if (!(message instanceof Diff)) {
                transport.send(to, message);
            }
        }

        @Override
        public void multicast(Collection<MemberId> to, Message message) {
            transport.multicast(to, message);
        }
    }

    @Test
    void shouldCatchAReplicaThatDoesNotTellOfRemovals() {
        assertCaught(new ReleaseParts() {
            @Override
            Replica replica(MemberId self, Changes changes) {
                return new Replica((object, field, value) -> {
                    if (value != null) {
                        changes.changed(object, field, value);
                    }
                });
            }
        });
    }

    /** Sends other messages than it was told to. */
    private record Forger(Transport transport, BiFunction<MemberId, Message, List<Message>> forge)
            implements Transport {

        @Override
        public void send(MemberId to, Message message) {
            forge.apply(to, message).forEach(forged -> transport.send(to, forged));
        }

        @Override
        public void multicast(Collection<MemberId> to, Message message) {
            to.forEach(member ->
                    forge.apply(member, message).forEach(forged -> transport.multicast(List.of(member), forged)));
        }
    }

    private static ReleaseParts sending(BiFunction<MemberId, Message, List<Message>> forge) {
        return new ReleaseParts() {
            @Override
            Transport sending(MemberId self, Transport transport) {
                return new Forger(transport, forge);
            }
        };
    }

    private static void assertCaught(ReleaseParts mutant) {
        assertThat(Seeds.firstToFail(SEEDS, run -> ReleaseScenario.run(run, 3, mutant)))
                .as("the first seed that notices")
                .isPositive();
    }
}
