package org.goaway.protocol.fastread;

import java.util.ArrayList;
import java.util.List;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Fenced;
import org.goaway.protocol.Lease;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.fastread.FastReadMessage.SnapshotPart;
import org.goaway.protocol.fastread.ObjectOrder.Round;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules of members that enter or come back left out one at a time. */
@Tag("simulation")
class JoinMutantsTest {

    private final Mutants mutants = new Mutants(
            JoinMutantsTest.class, trouble -> trouble.network().entries(1).suspicion(8));

    @Test
    void shouldFindNothingWhereNoRuleIsLeftOut() {
        mutants.assertUnnoticed(Assembly::new);
    }

    @Test
    void shouldNoticeReadsOfACopyThatIsNotComplete() {
        mutants.assertNoticed("J2 readSynced", "reads before its copies are complete", member -> new Assembly(member) {
            @Override
            Copies copies(Synced synced, Readers readers) {
                Synced always = new Synced();
                always.reached();
                return new AnyCopies(this, synced, readers) {
                    @Override
                    Replica create(ObjectId object, Synced complete, Lease permission) {
                        return new Replica(object, always, permission);
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeACommitWithoutTheJoiners() {
        mutants.assertNoticed("J1 allAcks", "does not wait for joiners", member -> new Assembly(member) {
            @Override
            Home home(Copies copies) {
                return new AnyHome(this, copies) {
                    private Epoch epoch;

                    @Override
                    void onEpoch(Epoch learned) {
                        epoch = learned;
                        super.onEpoch(learned);
                    }

                    @Override
                    boolean complete(Round round) {
                        return round.missing.stream()
                                .noneMatch(missing -> epoch.full().contains(missing));
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeASnapshotOfAnEarlierEpoch() {
        Mutants slow = new Mutants(
                JoinMutantsTest.class,
                trouble -> trouble.network().slowSnapshots().suspicion(8));
        slow.assertNoticed("J3 snapEpoch", "takes parts of earlier epochs", member -> new Assembly(member) {
            @Override
            FastRead assemble(FastRead.Parts parts) {
                return new FastRead(parts) {
                    @Override
                    boolean refuses(Fenced message) {
                        return super.refuses(message) && !(message instanceof SnapshotPart);
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeThatLockedEntriesAreTakenForValid() {
        mutants.assertNoticed("J4 snapLocked", "takes what is LOCKED for VALID", member -> new Assembly(member) {
            @Override
            Snapshots snapshots(Copies copies, Synced synced) {
                return new AnySnapshots(this, copies, synced) {
                    @Override
                    void take(Contents contents) {
                        copies.merge(valid(contents));
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeThatLockedEntriesAreLeftOut() {
        mutants.assertNoticed("J4 snapAll", "leaves out what is LOCKED", member -> new Assembly(member) {
            @Override
            Snapshots snapshots(Copies copies, Synced synced) {
                return new AnySnapshots(this, copies, synced) {
                    @Override
                    void take(Contents contents) {
                        if (contents.valid()) {
                            copies.merge(contents);
                        }
                    }
                };
            }
        });
    }

    @Test
    void shouldNoticeASnapshotThatOverwritesWhatIsNewer() {
        mutants.assertNoticed("J5 snapMerge", "overwrites what is newer", member -> new Assembly(member) {
            @Override
            Snapshots snapshots(Copies copies, Synced synced) {
                return new AnySnapshots(this, copies, synced) {
                    @Override
                    void take(Contents contents) {
                        copies.replace(copies.replica(contents.object()), contents);
                    }
                };
            }
        });
    }

    private static Contents valid(Contents contents) {
        List<Contents.Field> fields = new ArrayList<>();
        contents.fields()
                .forEach(field -> fields.add(new Contents.Field(field.name(), field.version(), field.value(), false)));
        return new Contents(
                contents.object(), contents.version(), true, fields, contents.finished(), contents.fences());
    }
}
