package org.goaway.protocol.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.MutantTable;
import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The simulation of locks across epochs must notice when a rule is broken. */
@Tag("simulation")
class LockEpochMutantsTest {

    private static final int SEEDS = 1000;

    @Test
    void shouldCatchAHomeThatGrantsBeforeAllHaveReported() {
        assertCaught("reportAll (H2)", "the home grants before any report has come", new LockParts() {
            @Override
            protected void afterEpoch(Locks locks, Epoch epoch) {
                epoch.members().forEach(member -> locks.onMessage(member, new Report(epoch.number(), List.of())));
            }
        });
    }

    @Test
    void shouldCatchAMemberThatDoesNotReportItsHolds() {
        assertCaught(
                "reportHeld (H3)",
                "a member reports none of its holds",
                sending(message -> message instanceof Report report ? new Report(report.epoch(), List.of()) : message));
    }

    @Test
    void shouldCatchAMemberThatReportsOnceOnly() {
        assertCaught("report repeated (H1)", "a report is sent once only", new LockParts() {
            @Override
            protected Transport sending(Transport transport) {
                Map<MemberId, Report> sent = new HashMap<>();
                return new Changed(transport, message -> message) {
                    @Override
                    public void send(MemberId to, Message message) {
                        if (!(message instanceof Report report) || !report.equals(sent.put(to, report))) {
                            super.send(to, message);
                        }
                    }
                };
            }
        });
    }

    @Test
    void shouldCatchAMemberThatTakesMessagesOfAnEarlierEpoch() {
        assertCaught("refuseStale, epochTag (C7)", "a grant of an earlier epoch is entered", new LockParts() {
            @Override
            protected Message received(LockMessage message, long known) {
                if (message instanceof Grant grant && grant.epoch() < known) {
                    return new Grant(
                            known, grant.lock(), grant.request(), grant.token(), grant.base(), grant.signalled());
                }
                return message;
            }
        });
    }

    @Test
    void shouldCatchAHomeThatTakesOverWithinTheEpoch() {
        assertCaught(
                "takeoverByEpoch (D5)", "the home frees a lock when its holder is lost from view", new LockParts() {
                    private final Map<Long, Map<Grant, MemberId>> granted = new TreeMap<>();

                    @Override
                    protected Transport sending(Transport transport) {
                        return new Changed(transport, message -> message) {
                            @Override
                            public void send(MemberId to, Message message) {
                                if (message instanceof Grant grant) {
                                    granted.computeIfAbsent(grant.epoch(), epoch -> new HashMap<>())
                                            .put(grant, to);
                                }
                                super.send(to, message);
                            }
                        };
                    }

                    @Override
                    protected void afterGone(Locks locks, long known, MemberId gone) {
                        Map<Grant, MemberId> before = new HashMap<>(granted.getOrDefault(known, Map.of()));
                        before.forEach((grant, to) -> {
                            if (to.equals(gone) && locks.isHeldWith(grant.lock(), grant.token())) {
                                locks.onMessage(to, new Unlock(known, grant.lock(), grant.token(), false, List.of()));
                            }
                        });
                    }
                });
    }

    @Test
    void shouldCatchAMemberThatEntersWithoutItsLease() {
        assertCaught("leaseCS (A3)", "a grant is entered without the lease", new LockParts() {
            @Override
            protected Lease lease(Lease lease) {
                return () -> true;
            }
        });
    }

    @Test
    void shouldCatchAHomeThatCountsTokensFromTheBeginning() {
        assertCaught("tokens rise (A2)", "tokens start anew in each epoch", new LockParts() {
            @Override
            LockQueue queue(long epoch) {
                return new LockQueue(1);
            }
        });
    }

    @Test
    void shouldCatchAMemberThatKeepsItsHoldsThoughItWasDropped() {
        assertCaught("wipe (C6a)", "holds outlive being dropped", new LockParts() {
            @Override
            protected Epoch learned(MemberId self, Epoch epoch) {
                Map<MemberId, Long> joined = new TreeMap<>(epoch.joined());
                joined.put(self, 1L);
                return new Epoch(epoch.number(), joined, epoch.full());
            }
        });
    }

    @Test
    void shouldCatchAMemberThatDoesNotAskAnew() {
        assertCaught("waiters ask anew (H1)", "a waiting request is not sent to the new home", new LockParts() {
            @Override
            protected Transport sending(Transport transport) {
                Map<Long, Long> first = new HashMap<>();
                return new Changed(
                        transport,
                        message -> message instanceof Acquire acquire
                                        && first.computeIfAbsent(acquire.request(), request -> acquire.epoch())
                                                < acquire.epoch()
                                ? null
                                : message);
            }
        });
    }

    @Test
    void shouldCatchAMemberWhoseWaitersSleepThroughAnEpoch() {
        assertCaught(
                "waiters wake at a new epoch (H1)",
                "a waiter stays in its condition through an epoch change",
                new LockParts() {
                    @Override
                    protected Transport sending(Transport transport) {
                        Map<Long, Await> awaiting = new HashMap<>();
                        return new Changed(transport, message -> {
                            if (message instanceof Await await) {
                                awaiting.put(await.request(), await);
                            } else if (message instanceof Acquire acquire && awaiting.containsKey(acquire.request())) {
                                Await await = awaiting.get(acquire.request());
                                return new Await(
                                        acquire.epoch(),
                                        await.lock(),
                                        await.token(),
                                        await.request(),
                                        await.holder(),
                                        await.condition(),
                                        await.woken(),
                                        await.signals());
                            }
                            return message;
                        });
                    }
                });
    }

    /** Sends something else, or nothing for null. */
    private static class Changed implements Transport {

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
            to.forEach(member -> send(member, message));
        }
    }

    private static LockParts sending(UnaryOperator<Message> change) {
        return new LockParts() {
            @Override
            protected Transport sending(Transport transport) {
                return new Changed(transport, change);
            }
        };
    }

    private static void assertCaught(String rule, String fault, LockParts mutant) {
        long seed = Seeds.firstToFail(SEEDS, run -> LockEpochScenario.run(run, 3, mutant));
        assertThat(seed).as("the first seed that notices a break of " + rule).isPositive();
        MutantTable.caught(LockEpochMutantsTest.class, rule, fault, seed);
    }
}
