package org.goaway.protocol.weak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.MutantTable;
import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults put into members: a simulation that finds none of them would be worth nothing. */
@Tag("simulation")
class WeakMutantsTest {

    private static final int MOST_SEEDS = 2_000;

    @Test
    void shouldCatchAMemberThatKeepsTheLastArrivalInsteadOfTheHighestVersion() {
        assertCaught("versions decide", "the last arrival stays, whatever its version", new WeakParts() {
            @Override
            Copies copies(MemberId self) {
                return new Copies(self, LIMITS.load()) {
                    private long arrivals;

                    @Override
                    boolean install(FieldSet set) {
                        WeakVersion higher = new WeakVersion(
                                1_000_000 + arrivals++, set.version().writer());
                        return super.install(new FieldSet(set.object(), set.field(), higher, set.value()));
                    }
                };
            }
        });
    }

    @Test
    void shouldCatchACounterThatDoesNotLearn() {
        assertCaught("Lamport's counter", "a member does not learn from the versions it sees", new WeakParts() {
            @Override
            Copies copies(MemberId self) {
                return new Copies(self, LIMITS.load()) {
                    @Override
                    void learn(WeakVersion seen) {}
                };
            }
        });
    }

    @Test
    void shouldCatchAcknowledgementsWithoutInstallation() {
        assertCaught("sync", "every seventh set is acknowledged and not installed", new WeakParts() {
            @Override
            Copies copies(MemberId self) {
                return new Copies(self, LIMITS.load()) {
                    private int arrivals;

                    @Override
                    boolean install(FieldSet set) {
                        return ++arrivals % 7 != 0 && super.install(set);
                    }
                };
            }
        });
    }

    @Test
    void shouldCatchANoteThatIsLost() {
        assertCaught("all is sent", "the loop overlooks every eleventh set made here", new WeakParts() {
            @Override
            Copies copies(MemberId self) {
                return new Copies(self, LIMITS.load()) {
                    private int looked;

                    @Override
                    Noted next() {
                        Noted next = super.next();
                        if (next == null || ++looked % 11 != 0) {
                            return next;
                        }
                        take(next);
                        return super.next();
                    }
                };
            }
        });
    }

    @Test
    void shouldCatchRemovalsThatDoNotTravel() {
        assertCaught(
                "removals are sets",
                "removals are not sent",
                Forger.parts(message -> message instanceof Sets sets
                        ? new Sets(
                                sets.number(),
                                sets.round(),
                                sets.sets().stream()
                                        .filter(set -> set.value() != null)
                                        .toList())
                        : message));
    }

    @Test
    void shouldCatchTiesThatTheWriterDoesNotBreak() {
        assertCaught(
                "versions are total",
                "versions travel without their writer",
                Forger.parts(message -> message instanceof Sets sets
                        ? new Sets(
                                sets.number(),
                                sets.round(),
                                sets.sets().stream()
                                        .map(WeakMutantsTest::nameless)
                                        .toList())
                        : message));
    }

    @Test
    void shouldCatchASenderThatNeverRepeats() {
        assertCaught("repetition", "what is not acknowledged is not repeated", new WeakParts() {
            @Override
            Protocol inputs(MemberId self, Weak weak) {
                return new NeverRepeats(weak);
            }
        });
    }

    @Test
    void shouldCatchMembersThatDoNotCompare() {
        assertCaughtInUpheaval(
                "comparison", "nothing is compared", message -> message instanceof Compare ? null : message);
    }

    @Test
    void shouldCatchAMemberThatAsksOnce() {
        assertCaught(
                "comparison is repeated",
                "a question is asked once only",
                run -> WeakUpheaval.run(run, new WeakParts() {
                    @Override
                    Transport sending(MemberId self, Transport transport) {
                        Set<Message> asked = new HashSet<>();
                        return new Forger(
                                transport,
                                message -> message instanceof Compare && !asked.add(message) ? null : message);
                    }
                }));
    }

    @Test
    void shouldCatchAMemberThatFindsNoDifference() {
        assertCaughtInUpheaval(
                "comparison by slices",
                "every slice is said to be the same",
                message -> message instanceof Differing answer
                        ? new Differing(
                                answer.number(),
                                answer.objects().stream()
                                        .map(part -> new Differing.Part(Set.of(), Map.of()))
                                        .toList())
                        : message);
    }

    @Test
    void shouldCatchAMemberThatClaimsToHaveMore() {
        assertCaughtInUpheaval(
                "comparison by versions",
                "answers name higher versions than there are",
                message -> message instanceof Differing answer
                        ? new Differing(
                                answer.number(),
                                answer.objects().stream()
                                        .map(WeakMutantsTest::boasting)
                                        .toList())
                        : message);
    }

    @Test
    void shouldCatchQuestionsWithoutDigests() {
        assertCaughtInUpheaval(
                "digests are compared",
                "questions hold no digests",
                message -> message instanceof Compare question
                        ? new Compare(
                                question.number(),
                                question.round(),
                                question.objects().stream()
                                        .map(part -> new Compare.Part(part.object(), 1, 0, List.of()))
                                        .toList())
                        : message);
    }

    @Test
    void shouldCatchAMemberThatOffersOnlyItsOwnSets() {
        assertCaught(
                "all is offered, whoever made it",
                "sets of others are not sent",
                run -> WeakUpheaval.run(run, new WeakParts() {
                    @Override
                    Transport sending(MemberId self, Transport transport) {
                        return new Forger(
                                transport,
                                message -> message instanceof Sets sets
                                        ? new Sets(
                                                sets.number(),
                                                sets.round(),
                                                sets.sets().stream()
                                                        .filter(set -> set.version()
                                                                .writer()
                                                                .equals(self))
                                                        .toList())
                                        : message);
                    }
                }));
    }

    private static Differing.Part boasting(Differing.Part part) {
        Map<String, WeakVersion> versions = new HashMap<>();
        part.versions()
                .forEach((field, version) ->
                        versions.put(field, new WeakVersion(version.count() + 1_000, version.writer())));
        return new Differing.Part(part.slices(), versions);
    }

    private static void assertCaughtInUpheaval(String rule, String fault, UnaryOperator<Message> forgery) {
        assertCaught(rule, fault, run -> WeakUpheaval.run(run, Forger.parts(forgery)));
    }

    private static FieldSet nameless(FieldSet set) {
        return new FieldSet(
                set.object(), set.field(), new WeakVersion(set.version().count(), new MemberId(0, 0)), set.value());
    }

    private static void assertCaught(String rule, String fault, WeakParts parts) {
        assertCaught(rule, fault, run -> WeakRun.run(run, parts));
    }

    private static void assertCaught(String rule, String fault, Seeds.Scenario scenario) {
        long seeds = Seeds.firstToFail(MOST_SEEDS, scenario);
        assertThat(seeds).as("first seed that shows that " + fault).isPositive();
        MutantTable.caught(WeakMutantsTest.class, rule, fault, seeds);
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
