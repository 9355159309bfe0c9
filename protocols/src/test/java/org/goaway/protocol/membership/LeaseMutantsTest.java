package org.goaway.protocol.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ReplicatedLog;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.MutantTable;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.membership.EpochMessage.LeaseGranted;
import org.goaway.protocol.membership.MembershipCommand.Renew;
import org.goaway.protocol.membership.RegistrarMessage.LeaseRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules of leases left out one at a time: the ordinary simulation must notice each. */
@Tag("simulation")
class LeaseMutantsTest {

    private static final int SEEDS = 2_000;

    static void assertNoticed(Class<?> test, String rule, String fault, Supplier<MembershipScenario> mutant) {
        long seed = Seeds.firstToFail(SEEDS, run -> mutant.get().run(run));
        assertThat(seed).as("the first seed that notices: %s", fault).isPositive();
        MutantTable.caught(test, rule, fault, seed);
    }

    private void assertNoticed(String rule, String fault, Supplier<MembershipScenario> mutant) {
        assertNoticed(getClass(), rule, fault, mutant);
    }

    @Test
    void shouldNoticeADropBeforeTheGrantedLeaseIsOver() {
        assertNoticed("L2 waitGrant", "drops a suspect without waiting for its lease", () -> new MembershipScenario() {
            @Override
            Tenure tenure(MemberId self, long since) {
                return new Tenure(times, links(self), since) {
                    @Override
                    boolean isLeaseOver(MemberId member, long now) {
                        return now - since >= times.over();
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeANewLeaderThatDoesNotWait() {
        String fault = "a new leader takes a lease that it has not granted for none";
        assertNoticed("L2 newLeaderWaits", fault, () -> new MembershipScenario() {
            @Override
            Tenure tenure(MemberId self, long since) {
                return new Impatient(times, links(self), since);
            }
        });
    }

    /** Waits only for the leases that it granted itself. */
    private static final class Impatient extends Tenure {

        private Agreed first;

        Impatient(LeaseTimes times, BrokenLinks links, long since) {
            super(times, links, since);
        }

        @Override
        boolean learn(Agreed state, long now) {
            first = first == null ? state : first;
            return super.learn(state, now);
        }

        @Override
        boolean isLeaseOver(MemberId member, long now) {
            boolean granted = renewals(member) > first.renewals().getOrDefault(member, 0L);
            return !granted || super.isLeaseOver(member, now);
        }
    }

    @Test
    void shouldNoticeALeaseCountedFromTheAnswer() {
        assertNoticed("L2 fromRequest", "the lease runs from the arrival of the grant", () -> new MembershipScenario() {
            @Override
            Renewals renewals(EpochPorts ports) {
                return new Renewals(ports, times) {
                    @Override
                    boolean onGranted(LeaseGranted grant) {
                        boolean news = super.onGranted(grant);
                        lease().lastUntil(ports.clock().nanos() + times.lease());
                        return news;
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeARenewalAnsweredBeforeItIsApplied() {
        assertNoticed("L2 confirm", "grants at once and has it agreed on later", () -> new MembershipScenario() {
            @Override
            ReplicatedLog log(ReplicatedLog log) {
                return new Hasty(log);
            }
        });
    }

    /** Answers each renewal by what it knows. */
    private static final class Hasty implements ReplicatedLog {

        private final ReplicatedLog log;
        private Agreed agreed;

        Hasty(ReplicatedLog log) {
            this.log = log;
        }

        @Override
        public Optional<MemberId> leader() {
            return log.leader();
        }

        @Override
        public CompletableFuture<Message> append(Message entry) {
            CompletableFuture<Message> answer = log.append(entry).whenComplete((applied, failure) -> {
                if (applied instanceof Renewed renewed) {
                    agreed = renewed.agreed();
                }
            });
            if (agreed == null || !(entry instanceof Renew renew)) {
                return answer;
            }
            Set<MemberId> granted = new HashSet<>();
            renew.renewals().forEach(renewal -> granted.add(renewal.member()));
            return CompletableFuture.completedFuture(new Renewed(agreed, granted));
        }
    }

    @Test
    void shouldNoticeALeaseUsedBeforeItsEpochIsLearned() {
        assertNoticed("L1 leaseEpoch", "a grant is used whatever its member knows", () -> new MembershipScenario() {
            @Override
            Transport wishes(Transport transport) {
                return messages(
                        transport,
                        message -> message instanceof LeaseRequest request
                                ? new LeaseRequest(
                                        request.cluster(),
                                        request.sent(),
                                        Long.MAX_VALUE,
                                        request.heard(),
                                        request.unheard())
                                : message);
            }

            @Override
            Transport answers(Transport transport) {
                return messages(
                        transport,
                        message -> message instanceof LeaseGranted grant
                                ? new LeaseGranted(grant.cluster(), grant.sent(), 0, null)
                                : message);
            }
        });
    }

    private static Transport messages(Transport transport, UnaryOperator<Message> map) {
        return new Transport() {
            @Override
            public void send(MemberId to, Message message) {
                transport.send(to, map.apply(message));
            }

            @Override
            public void multicast(Collection<MemberId> to, Message message) {
                transport.multicast(to, map.apply(message));
            }
        };
    }

    @Test
    void shouldNoticeALoopThatDoesNotMindThatItIsLate() {
        assertNoticed("1.2 late tick", "a loop that came late keeps its lease", () -> new MembershipScenario() {
            @Override
            Renewals renewals(EpochPorts ports) {
                return new Renewals(ports, times) {
                    @Override
                    boolean watch(boolean tick) {
                        return super.watch(false);
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeAHostThatSleptAndDoesNotKnow() {
        assertNoticed("1.2 slept host", "the wall clock is not asked", () -> new MembershipScenario() {
            @Override
            LongSupplier wallMillis(MemberId self, Clock clock) {
                return () -> TimeUnit.NANOSECONDS.toMillis(clock.nanos());
            }
        });
    }

    @Test
    void shouldNoticeMessagesOfOtherEpochs() {
        assertNoticed("C7 refuseStale", "messages are handled whatever their epoch", () -> new MembershipScenario() {
            @Override
            void receive(Epochs epochs, MemberId from, Probe.Ping ping, Probe probe) {
                if (epochs.epoch().isPresent()) {
                    probe.onMessage(from, ping);
                }
            }
        });
    }
}
