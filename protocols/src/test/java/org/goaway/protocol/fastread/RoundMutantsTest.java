package org.goaway.protocol.fastread;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Version;
import org.goaway.protocol.fastread.FastReadMessage.Ack;
import org.goaway.protocol.fastread.FastReadMessage.Done;
import org.goaway.protocol.fastread.FastReadMessage.Lock;
import org.goaway.protocol.fastread.FastReadMessage.Update;
import org.goaway.protocol.fastread.FastReadMessage.Write;
import org.goaway.protocol.fastread.ObjectOrder.Queued;
import org.goaway.protocol.fastread.ObjectOrder.Round;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules of one epoch's rounds left out one at a time: the simulation must notice each, or it is worth nothing. */
@Tag("simulation")
class RoundMutantsTest {

    private final Mutants mutants =
            new Mutants(RoundMutantsTest.class, trouble -> trouble.network().pauses(3));

    @Test
    void shouldFindNothingWhereNoRuleIsLeftOut() {
        mutants.assertUnnoticed(Assembly::new);
    }

    @Test
    void shouldNoticeAnAcknowledgementBeforeTheInstallation() {
        mutants.assertNoticed("W4", "acknowledges before it installs", member -> new Assembly(member) {
            @Override
            Copies copies(Synced synced, Readers readers) {
                List<Lock> late = new ArrayList<>();
                return new AnyCopies(this, synced, readers) {
                    @Override
                    void onLock(MemberId from, Lock lock) {
                        member.transport().send(from, new Ack(lock.epoch(), lock.object(), lock.version()));
                        late.add(lock);
                    }

                    @Override
                    void onTick(long nanos) {
                        late.stream()
                                .filter(lock -> lock.version()
                                                .compareTo(
                                                        replica(lock.object()).version())
                                        > 0)
                                .forEach(lock -> install(replica(lock.object()), lock));
                        late.clear();
                        super.onTick(nanos);
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeAnUnlockByAnotherVersion() {
        mutants.assertNoticed("W6 unlockExact", "unlocks by any UPDATE of the object", member -> new Assembly(member) {
            @Override
            Copies copies(Synced synced, Readers readers) {
                return new AnyCopies(this, synced, readers) {
                    @Override
                    boolean unlocks(Replica replica, Version version) {
                        return true;
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeReadsOfLockedEntries() {
        mutants.assertNoticed("R1 readValid", "returns what is not committed", member -> new Assembly(member) {
            @Override
            Copies copies(Synced synced, Readers readers) {
                return new AnyCopies(this, synced, readers) {
                    @Override
                    Entry.State proposed() {
                        return Entry.State.VALID;
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeADiffOnAnotherBase() {
        Mutants coming = new Mutants(
                RoundMutantsTest.class,
                trouble -> trouble.network().suspicion(8).pauses(3));
        coming.assertNoticed("W4", "applies a LOCK to another copy than its base", member -> new Assembly(member) {
            @Override
            Copies copies(Synced synced, Readers readers) {
                return new AnyCopies(this, synced, readers) {
                    @Override
                    boolean fits(Replica replica, Lock lock) {
                        return true;
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeARepeatedWriteThatIsAppliedAgain() {
        mutants.assertNoticed("W2", "applies a repeated operation again", member -> new Assembly(member) {
            @Override
            Home home(Copies copies) {
                return new AnyHome(this, copies) {
                    @Override
                    void repeated(ObjectOrder order, Queued queued) {
                        order.queue.add(queued);
                        proceed(order);
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeACommitByAMajority() {
        mutants.assertNoticed("W5", "commits when one acknowledgement is missing", member -> new Assembly(member) {
            @Override
            Home home(Copies copies) {
                return new AnyHome(this, copies) {
                    @Override
                    boolean complete(Round round) {
                        return round.missing.size() <= 1;
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeAnAcknowledgementOfAnotherRoundThatCounts() {
        mutants.assertNoticed("W5", "counts acknowledgements of other rounds", member -> new Assembly(member) {
            @Override
            Home home(Copies copies) {
                return new AnyHome(this, copies) {
                    @Override
                    boolean counts(Round round, Ack ack) {
                        return true;
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeAnUnlockWithoutARound() {
        mutants.assertNoticed("W5", "sends UPDATE together with LOCK", member -> new Assembly(hasty(member)));
    }

    @Test
    void shouldNoticeAnAnswerBeforeTheCommit() {
        mutants.assertNoticed("W5", "answers when the round begins", member -> new Assembly(member) {
            @Override
            Home home(Copies copies) {
                return new AnyHome(this, copies) {
                    @Override
                    void onWrite(MemberId from, Write write) {
                        super.onWrite(from, write);
                        var known = copies.replica(write.object()).ledger(from).answer(write.seq());
                        if (known != null) {
                            member.transport().send(from, new Done(write.epoch(), write.object(), write.seq(), known));
                        }
                    }
                };
            }
        });
    }

    private static Assembly.Member hasty(Assembly.Member member) {
        Transport transport = member.transport();
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
        return new Assembly.Member(member.self(), hasty, member.clock(), member.lease());
    }
}
