package org.goaway.protocol.fastread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.goaway.protocol.Changes;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Version;
import org.goaway.protocol.fastread.ObjectOrder.Queued;
import org.goaway.protocol.fastread.ObjectOrder.Round;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.kit.ShortNumbers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules left out one at a time: the ordinary simulation must notice each, or it is worth nothing. */
@Tag("simulation")
class FastReadMutantsTest {

    private static final int SEEDS = 2000;
    private static final Changes UNHEARD = (object, field, value) -> {};

    @Test
    void shouldFindNothingWhereNoRuleIsLeftOut() {
        LocalCluster.Factory<FastRead> whole = (self, transport, clock) ->
                assemble(self, transport, clock, new Copies(self, transport, clock, UNHEARD));
        assertThat(firstToFail(50, whole)).isZero();
    }

    @Test
    void shouldNoticeAnAcknowledgementBeforeTheInstallation() {
        assertNoticed((self, transport, clock) -> {
            List<Lock> late = new ArrayList<>();
            return assemble(self, transport, clock, new Copies(self, transport, clock, UNHEARD) {
                @Override
                void onLock(MemberId from, Lock lock) {
                    transport.send(from, new Ack(lock.epoch(), lock.object(), lock.version()));
                    late.add(lock);
                }

                @Override
                void onTick(long nanos) {
                    late.forEach(this::install);
                    late.clear();
                    super.onTick(nanos);
                }
            });
        });
    }

    @Test
    void shouldNoticeAnUnlockByAnotherVersion() {
        assertNoticed((self, transport, clock) ->
                assemble(self, transport, clock, new Copies(self, transport, clock, UNHEARD) {
                    @Override
                    boolean unlocks(Entry entry, Version version) {
                        return true;
                    }
                }));
    }

    @Test
    void shouldNoticeReadsOfLockedEntries() {
        assertNoticed((self, transport, clock) ->
                assemble(self, transport, clock, new Copies(self, transport, clock, UNHEARD) {
                    @Override
                    Entry.State proposed() {
                        return Entry.State.VALID;
                    }
                }));
    }

    @Test
    void shouldNoticeARepeatedWriteThatIsAppliedAgain() {
        assertNoticed((self, transport, clock) -> {
            Copies copies = new Copies(self, transport, clock, UNHEARD);
            return assemble(
                    transport,
                    copies,
                    new Client(self, transport, clock),
                    new MutantHome(self, transport, clock, copies) {
                        @Override
                        boolean repeated(ObjectOrder order, MemberId from, Write write) {
                            boolean repeated = super.repeated(order, from, write);
                            if (repeated) {
                                order.queue.add(new Queued(from, write));
                            }
                            return repeated;
                        }
                    });
        });
    }

    @Test
    void shouldNoticeACommitByAMajority() {
        assertNoticed((self, transport, clock) -> {
            Copies copies = new Copies(self, transport, clock, UNHEARD);
            return assemble(
                    transport,
                    copies,
                    new Client(self, transport, clock),
                    new MutantHome(self, transport, clock, copies) {
                        @Override
                        boolean complete(Round round) {
                            return round.missing.size() <= 1;
                        }
                    });
        });
    }

    @Test
    void shouldNoticeAnAcknowledgementOfAnotherRoundThatCounts() {
        assertNoticed((self, transport, clock) -> {
            Copies copies = new Copies(self, transport, clock, UNHEARD);
            return assemble(
                    transport,
                    copies,
                    new Client(self, transport, clock),
                    new MutantHome(self, transport, clock, copies) {
                        @Override
                        boolean counts(Round round, Ack ack) {
                            return true;
                        }
                    });
        });
    }

    @Test
    void shouldNoticeAnUnlockWithoutARound() {
        assertNoticed((self, transport, clock) -> {
            Transport hasty = new Transport() {
                @Override
                public void send(MemberId to, Message message) {
                    transport.send(to, message);
                }

                @Override
                public void multicast(Collection<MemberId> to, Message message) {
                    transport.multicast(to, message);
                    if (message instanceof Lock lock) {
                        transport.multicast(to, new Update(lock.object(), lock.version(), lock.finished()));
                    }
                }
            };
            return assemble(self, hasty, clock, new Copies(self, hasty, clock, UNHEARD));
        });
    }

    @Test
    void shouldNoticeAnAnswerBeforeTheCommit() {
        assertNoticed((self, transport, clock) -> {
            Copies copies = new Copies(self, transport, clock, UNHEARD);
            Client client = new Client(self, transport, clock);
            return assemble(transport, copies, client, new MutantHome(self, transport, clock, copies) {
                @Override
                void onWrite(MemberId from, Write write) {
                    super.onWrite(from, write);
                    Message reply = copies.replica(write.object()).ledger(from).reply(write.seq());
                    if (reply != null) {
                        transport.send(from, reply);
                    }
                }
            });
        });
    }

    private static void assertNoticed(LocalCluster.Factory<FastRead> mutant) {
        assertThat(firstToFail(SEEDS, mutant))
                .as("the first of %s seeds that notices", SEEDS)
                .isPositive();
    }

    private static long firstToFail(int seeds, LocalCluster.Factory<FastRead> factory) {
        return Seeds.firstToFail(seeds, run -> {
            FastReadSimulation simulation =
                    new FastReadSimulation(3, run, factory).trouble().work();
            simulation.shouldComeToRest();
            simulation.shouldBeLinearizable();
        });
    }

    private static FastRead assemble(MemberId self, Transport transport, Clock clock, Copies copies) {
        return assemble(
                transport, copies, new Client(self, transport, clock), new MutantHome(self, transport, clock, copies));
    }

    private static FastRead assemble(Transport transport, Copies copies, Client client, Home home) {
        return new FastRead(transport, home, copies, client);
    }

    /** A home to change one rule of. */
    private static class MutantHome extends Home {
        MutantHome(MemberId self, Transport transport, Clock clock, Copies copies) {
            super(self, transport, clock, new ShortNumbers(), copies);
        }
    }
}
