package org.goaway.protocol.fastread;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Fenced;
import org.goaway.protocol.Lease;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Version;
import org.goaway.protocol.fastread.FastReadMessage.LockAll;
import org.goaway.protocol.fastread.FastReadMessage.Update;
import org.goaway.protocol.fastread.ObjectOrder.Queued;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules of epochs and leases left out one at a time. */
@Tag("simulation")
class EpochMutantsTest {

    private final Mutants mutants = new Mutants(
            EpochMutantsTest.class,
            trouble -> trouble.network().suspicion(8).lapses(3).pauses(1));

    private final Mutants all = new Mutants(
            EpochMutantsTest.class, trouble -> trouble.network().pauses(2).members(6));

    @Test
    void shouldFindNothingWhereNoRuleIsLeftOut() {
        mutants.assertUnnoticed(Assembly::new);
        all.assertUnnoticed(Assembly::new);
    }

    @Test
    void shouldNoticeReadsWithoutALease() {
        mutants.assertNoticed("R1 readLease", "reads without a lease", member -> new Assembly(member) {
            @Override
            Lease readLease() {
                return () -> true;
            }
        });
    }

    @Test
    void shouldNoticeALeaseThatIsLookedAtBeforeTheEntry() {
        mutants.assertNoticed("L3", "looks at the lease before the entry", member -> new Assembly(member) {
            @Override
            Copies copies(Synced synced, Readers readers) {
                return new AnyCopies(this, synced, readers) {
                    @Override
                    Replica create(ObjectId object, Synced complete, Lease permission) {
                        return new Replica(object, complete, permission) {
                            @Override
                            public Entry read(String field) {
                                boolean may = complete.stint() != 0 && permission.isHeld();
                                Entry entry = present(field);
                                return may && entry.valid() ? entry : null;
                            }
                        };
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeAReadThatSpansTwoStints() {
        mutants.assertNoticed("L3", "returns under the lease of a later stint", member -> new Assembly(member) {
            @Override
            Copies copies(Synced synced, Readers readers) {
                return new AnyCopies(this, synced, readers) {
                    @Override
                    Replica create(ObjectId object, Synced complete, Lease permission) {
                        return new Replica(object, complete, permission) {
                            @Override
                            public Entry read(String field) {
                                long stint = complete.stint();
                                Entry entry = present(field);
                                boolean may = stint != 0 && stint == complete.stint();
                                return may && entry.valid() && permission.isHeld() ? entry : null;
                            }
                        };
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeACopyThatIsNotWiped() {
        mutants.assertNoticed("C6a wipe", "keeps its copies when it was out", member -> new Assembly(member) {
            @Override
            Copies copies(Synced synced, Readers readers) {
                return new AnyCopies(this, synced, readers) {
                    private boolean entered;

                    @Override
                    void enter(Epoch learned) {
                        if (!entered) {
                            super.enter(learned);
                        }
                        entered = true;
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeMessagesOfEarlierEpochsThatAreHandled() {
        all.assertNoticed("C7 refuseStale", "handles messages of earlier epochs", member -> new Assembly(member) {
            @Override
            FastRead assemble(FastRead.Parts parts) {
                return new FastRead(parts) {
                    @Override
                    boolean refuses(Fenced message) {
                        return false;
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeAnUnlockOfAnEarlierEpochsEntryWithoutARound() {
        all.assertNoticed("E2 redriveRound", "unlocks its own copy without a round", member -> new Assembly(member) {
            @Override
            Home home(Copies copies) {
                return new AnyHome(this, copies) {
                    @Override
                    void redrive(ObjectOrder order) {
                        Update update = new Update(order.replica.object(), order.replica.version(), List.of());
                        copies.onUpdate(update);
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeARedriveUnderTheOldVersion() {
        all.assertNoticed("E2 newVersion", "re-drives under the old version", member -> new Assembly(member) {
            @Override
            Home home(Copies copies) {
                return new AnyHome(this, copies) {
                    @Override
                    Version redriven(ObjectOrder order) {
                        return order.replica.version();
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeThatNobodyRedrives() {
        all.assertNoticed("E2 redrive", "never re-drives", member -> new Assembly(member) {
            @Override
            Home home(Copies copies) {
                return new AnyHome(this, copies) {
                    @Override
                    void redrive(ObjectOrder order) {}
                };
            }
        });
    }

    @Test
    void shouldNoticeARetryThatIsAppliedAgainInALaterEpoch() {
        all.assertNoticed(
                "F2 retry blind", "applies again what is sent again in a later epoch", member -> new Assembly(member) {
                    @Override
                    Home home(Copies copies) {
                        return new AnyHome(this, copies) {
                            @Override
                            boolean applied(ObjectOrder order, Queued queued) {
                                return false;
                            }
                        };
                    }
                });
    }

    @Test
    void shouldNoticeOperationsOfAnOverwrittenRoundThatCountAsDone() {
        all.assertNoticed("E2", "merges operations done instead of replacing them", member -> new Assembly(member) {
            @Override
            Copies copies(Synced synced, Readers readers) {
                return new AnyCopies(this, synced, readers) {
                    @Override
                    void replace(Replica replica, Contents contents) {
                        List<FastReadMessage.Finished> both =
                                new ArrayList<>(replica.contents().finished());
                        both.addAll(contents.finished());
                        super.replace(
                                replica,
                                new Contents(
                                        contents.object(),
                                        contents.version(),
                                        contents.valid(),
                                        contents.fields(),
                                        both,
                                        contents.fences()));
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeFencesThatARedriveForgets() {
        all.assertNoticed("2.1 fences", "gives whole objects without their fences", member -> new Assembly(member) {
            @Override
            Home home(Copies copies) {
                return new AnyHome(this, copies) {
                    @Override
                    LockAll all(ObjectOrder order) {
                        LockAll whole = super.all(order);
                        Contents contents = whole.contents();
                        return new LockAll(
                                whole.epoch(),
                                new Contents(
                                        contents.object(),
                                        contents.version(),
                                        contents.valid(),
                                        contents.fields(),
                                        contents.finished(),
                                        List.of()));
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeOperationsThatARedriveForgets() {
        all.assertNoticed("2.1 ids", "gives whole objects without the operations done", member -> new Assembly(member) {
            @Override
            Home home(Copies copies) {
                return new AnyHome(this, copies) {
                    @Override
                    LockAll all(ObjectOrder order) {
                        LockAll whole = super.all(order);
                        Contents contents = whole.contents();
                        return new LockAll(
                                whole.epoch(),
                                new Contents(
                                        contents.object(),
                                        contents.version(),
                                        contents.valid(),
                                        contents.fields(),
                                        List.of(),
                                        contents.fences()));
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeRefusalsWithoutALease() {
        Mutants zombies =
                new Mutants(EpochMutantsTest.class, trouble -> trouble.network().zombies(2));
        zombies.assertNoticed("W2a", "answers refusals without a lease", member -> {
            Lease real = member.lease();
            Assembly.Member careless =
                    new Assembly.Member(member.self(), member.transport(), member.clock(), () -> true);
            return new Assembly(careless) {
                @Override
                Lease readLease() {
                    return real;
                }

                @Override
                Duration leaseTime() {
                    // Readers soon give up, so that the members that are out do other things.
                    return Duration.ofMillis(20);
                }
            };
        });
    }

    @Test
    void shouldNoticeAHomeThatIsNotFull() {
        all.assertNoticed("C4 homeComplete", "lets any member be a home", member -> new Assembly(member) {
            @Override
            FastRead assemble(FastRead.Parts parts) {
                return new FastRead(parts) {
                    @Override
                    public void onEpoch(Epoch epoch) {
                        super.onEpoch(
                                new Epoch(epoch.number(), epoch.joined(), List.copyOf(new TreeSet<>(epoch.members()))));
                    }
                };
            }
        });
    }
}
