package org.goaway.protocol.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.MutantTable;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.lock.LockParts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The simulation of releases across epochs must notice when a rule is broken. */
@Tag("simulation")
class ReleaseEpochMutantsTest {

    private static final int SEEDS = 500;

    @Test
    void shouldCatchAHomeThatGoesOnBeforeAllHaveReported() {
        assertCaught("reportAll (H2)", "takes all members' copies for empty", new ReleaseParts() {
            @Override
            void afterEpoch(Release release, Epoch epoch) {
                epoch.members().forEach(member -> release.onMessage(member, new Report(epoch.number(), Map.of())));
            }
        });
    }

    @Test
    void shouldCatchAMemberThatReportsNoVersions() {
        assertCaught(
                "highest version (H3)",
                "a member reports none of its copies",
                sending(message -> message instanceof Report report ? new Report(report.epoch(), Map.of()) : message));
    }

    @Test
    void shouldCatchAReleaserThatForgetsItsOwnRelease() {
        assertCaught("reportPend (H3)", "a releaser reports its copy without its latest release", new ReleaseParts() {
            @Override
            Transport sending(MemberId self, Transport transport) {
                Map<ObjectId, Diff> latest = new HashMap<>();
                return new Changed(transport, message -> {
                    if (message instanceof Diff diff) {
                        latest.put(diff.object(), diff);
                    } else if (message instanceof Report report) {
                        Map<ObjectId, Long> versions = new HashMap<>(report.versions());
                        versions.replaceAll((object, version) ->
                                latest.containsKey(object) && latest.get(object).token() == version
                                        ? latest.get(object).base()
                                        : version);
                        return new Report(report.epoch(), versions);
                    }
                    return message;
                });
            }
        });
    }

    @Test
    void shouldCatchAReplicaThatAppliesAReleaseOfAnEarlierEpoch() {
        assertCaught("epochTag (C7, D3)", "a release of an earlier epoch is taken", new ReleaseParts() {
            @Override
            ReleaseMessage received(ReleaseMessage message, long known) {
                return message instanceof Diff diff && diff.epoch() < known
                        ? new Diff(known, diff.object(), diff.token(), diff.base(), diff.written())
                        : message;
            }
        });
    }

    @Test
    void shouldCatchAMemberThatEntersWithoutItsLease() {
        assertCaught("leaseCS (A3)", "a section is entered without the lease", new ReleaseParts() {
            @Override
            LockParts locks() {
                return new LockParts() {
                    @Override
                    protected Lease lease(Lease lease) {
                        return () -> true;
                    }
                };
            }

            @Override
            Lease lease(Lease lease) {
                return () -> true;
            }
        });
    }

    @Test
    void shouldCatchAMemberThatKeepsItsCopiesThoughItWasDropped() {
        assertCaught("wipe (C6a)", "copies and sections outlive being dropped", new ReleaseParts() {
            @Override
            Epoch learned(MemberId self, Epoch epoch) {
                Map<MemberId, Long> joined = new TreeMap<>(epoch.joined());
                joined.put(self, 1L);
                return new Epoch(epoch.number(), joined, epoch.full());
            }
        });
    }

    @Test
    void shouldCatchAHomeThatTellsNobodyWhatIsMissing() {
        assertCaught(
                "STATE to all that lag (H4)",
                "inventories are not sent",
                sending(message -> message instanceof Inventory ? null : message));
    }

    @Test
    void shouldCatchAMemberThatIsSyncedBeforeItHasWhatItLacks() {
        assertCaught(
                "synced after the content came (J6)",
                "inventories are taken for empty",
                sending(message ->
                        message instanceof Inventory inventory ? new Inventory(inventory.epoch(), Map.of()) : message));
    }

    @Test
    void shouldCatchAFlushThatEndsBeforeAllHaveTheRelease() {
        assertCaught("stability (D6)", "flush ends when one other member has the release", new ReleaseParts() {
            @Override
            Flushes flushes(MemberId self, Transport transport, Clock clock) {
                return new Flushes(self, transport, clock) {
                    @Override
                    boolean isStable(Set<MemberId> missing) {
                        return missing.size() < 2;
                    }
                };
            }
        });
    }

    @Test
    void shouldCatchAFlushThatCountsWhatItHeardInAnEarlierEpoch() {
        assertCaught(
                "stability (D6)", "a flush goes on with the confirmations of an earlier epoch", new ReleaseParts() {
                    @Override
                    Flushes flushes(MemberId self, Transport transport, Clock clock) {
                        return new Flushes(self, transport, clock) {
                            private final Set<MemberId> heard = new TreeSet<>();

                            @Override
                            void onConfirmed(MemberId from, Confirmed confirmed) {
                                heard.add(from);
                                super.onConfirmed(from, confirmed);
                            }

                            @Override
                            boolean isStable(Set<MemberId> missing) {
                                return heard.containsAll(missing);
                            }
                        };
                    }
                });
    }

    /** Sends something else, or nothing for null. */
    private static final class Changed implements Transport {

        private final Transport transport;
        private final UnaryOperator<Message> change;

        Changed(Transport transport, UnaryOperator<Message> change) {
            this.transport = transport;
            this.change = change;
        }

        @Override
        public void send(MemberId to, Message message) {
            Message changed = change.apply(message);
            if (changed != null) {
                transport.send(to, changed);
            }
        }

        @Override
        public void multicast(Collection<MemberId> to, Message message) {
            Message changed = change.apply(message);
            if (changed != null) {
                transport.multicast(to, changed);
            }
        }
    }

    private static ReleaseParts sending(UnaryOperator<Message> change) {
        return new ReleaseParts() {
            @Override
            Transport sending(MemberId self, Transport transport) {
                return new Changed(transport, change);
            }
        };
    }

    private static void assertCaught(String rule, String fault, ReleaseParts mutant) {
        long seed = Seeds.firstToFail(SEEDS, run -> ReleaseEpochScenario.run(run, 3, mutant));
        assertThat(seed).as("the first seed that notices a break of " + rule).isPositive();
        MutantTable.caught(ReleaseEpochMutantsTest.class, rule, fault, seed);
    }
}
