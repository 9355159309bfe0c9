package org.goaway.protocol.weak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.MutantTable;
import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults in forgetting what was removed, put into members: each is to be found. */
@Tag("simulation")
class TombstoneMutantsTest {

    private static final int MOST_SEEDS = 2_000;

    @Test
    void shouldCatchAMemberThatTrustsAllThatItHasWhenItIsBack() {
        assertCaught("T5 doubt", "who comes back trusts what it has", new WeakParts() {
            @Override
            Copies copies(MemberId self) {
                return new Copies(self, LIMITS.load()) {
                    @Override
                    void doubtAllBut(Map<FieldId, WeakVersion> kept) {}
                };
            }
        });
    }

    @Test
    void shouldCatchAMemberThatDoubtsWhatItHasSetWhileItWasOut() {
        assertCaught("T5 unconfirmed", "who comes back doubts its own sets, too", new WeakParts() {
            @Override
            Copies copies(MemberId self) {
                return new Copies(self, LIMITS.load()) {
                    @Override
                    void doubtAllBut(Map<FieldId, WeakVersion> kept) {
                        super.doubtAllBut(Map.of());
                    }
                };
            }
        });
    }

    @Test
    void shouldCatchAMemberThatKeepsWhatNobodyVouchedFor() {
        assertCaught("T6 vouching", "what is doubtful is trusted after a round", new WeakParts() {
            @Override
            Copies copies(MemberId self) {
                return new Copies(self, LIMITS.load()) {
                    @Override
                    List<FieldId> forgetDoubtful() {
                        objects()
                                .forEach(object -> replica(object)
                                        .forEachEvenDoubtful((field, version, value) ->
                                                replica(object).doubt(field, version, false)));
                        return super.forgetDoubtful();
                    }
                };
            }
        });
    }

    @Test
    void shouldCatchMembersThatTakeLateMessages() {
        assertCaught(
                "T4 fence",
                "sets of earlier rounds are installed",
                Forger.parts(message -> message instanceof Sets sets
                        ? new Sets(sets.number(), new Round(sets.round().epoch(), Long.MAX_VALUE), sets.sets())
                        : message));
    }

    @Test
    void shouldCatchMembersThatForgetInTheNextRound() {
        assertCaught("T3 three rounds", "a removal is forgotten in the next round", new WeakParts() {
            @Override
            Copies copies(MemberId self) {
                return new Copies(self, LIMITS.load()) {
                    private Set<Removal> last = Set.of();

                    @Override
                    Set<Removal> takeRemovals() {
                        last.forEach(this::forget);
                        last = super.takeRemovals();
                        return last;
                    }
                };
            }
        });
    }

    @Test
    void shouldCatchAMemberThatTellsTooEarlyThatARoundIsHeld() {
        assertCaught("T2 held", "tells at once that a round is held", new WeakParts() {
            private final Map<MemberId, Transport> transports = new HashMap<>();

            @Override
            Transport sending(MemberId self, Transport transport) {
                transports.put(self, transport);
                return transport;
            }

            @Override
            Protocol inputs(MemberId self, Weak weak) {
                return new Hasty(weak, transports.get(self));
            }
        });
    }

    @Test
    void shouldCatchMembersThatForgetNothing() {
        assertCaught(
                "T1 rounds",
                "no round ever begins",
                Forger.parts(message -> message instanceof Collect ? null : message));
    }

    private static void assertCaught(String rule, String fault, WeakParts parts) {
        long seeds = Seeds.firstToFail(MOST_SEEDS, run -> WeakReturn.run(run, parts));
        assertThat(seeds).as("first seed that shows that " + fault).isPositive();
        MutantTable.caught(TombstoneMutantsTest.class, rule, fault, seeds);
    }

    private record Hasty(Weak weak, Transport transport) implements Protocol {
        @Override
        public void onMessage(MemberId from, Message message) {
            if (message instanceof Collect collect) {
                transport.send(from, new Held(collect.round()));
            }
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
        public void onTick(long nanos) {
            weak.onTick(nanos);
        }
    }
}
