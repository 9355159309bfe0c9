package org.goaway.protocol.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.membership.MembershipCommand.Change;
import org.goaway.protocol.membership.MembershipCommand.Promote;
import org.goaway.protocol.membership.MembershipCommand.Renew;

/** Works out by itself which epochs the log's entries make (C2 to C5), and looks at every lease after every event. */
final class RegisterChecker {

    private record Stint(MemberId member, long joined) {}

    private final LocalCluster cluster;
    private final List<Epoch> epochs = new ArrayList<>();
    private final Map<MemberId, Long> counted = new HashMap<>();
    private final Set<MemberId> promoted = new HashSet<>();
    private final Set<Stint> synced = new HashSet<>();
    private final List<String> log = new ArrayList<>();
    private long renewals;

    RegisterChecker(LocalCluster cluster) {
        this.cluster = cluster;
    }

    /** The epoch that is agreed on now. */
    Epoch agreed() {
        return epochs.get(epochs.size() - 1);
    }

    Epoch epoch(long number) {
        return epochs.get((int) number - 1);
    }

    /** The member's copies are complete in the stint that began with {@code joined}. */
    void synced(MemberId member, long joined) {
        synced.add(new Stint(member, joined));
    }

    /** An entry was committed. */
    void committed(Message entry, Message answer) {
        if (entry instanceof Found found) {
            epochs.add(found.epoch());
        } else if (entry instanceof Renew renew) {
            renewed(renew, (Renewed) answer);
        } else {
            note(entry);
            if (entry instanceof Promote promote) {
                promoted(promote);
            } else {
                changed((Change) entry);
            }
            assertThat(((Agreed) answer).epoch())
                    .as("the epoch after %s", entry)
                    .isEqualTo(agreed());
        }
    }

    private void note(Object entry) {
        log.add(String.format("%10.3f ms  %s", cluster.now() / 1e6, entry));
    }

    /** How many entries have renewed leases. */
    long renewals() {
        return renewals;
    }

    private void renewed(Renew renew, Renewed answer) {
        renewals++;
        assertThat(answer.agreed().epoch()).isEqualTo(agreed());
        Set<MemberId> granted = new HashSet<>();
        renew.renewals().forEach(renewal -> {
            Long joined = agreed().joined().get(renewal.member());
            if (joined != null && joined <= renewal.known()) {
                granted.add(renewal.member());
                counted.merge(renewal.member(), 1L, Long::sum);
            }
        });
        assertThat(answer.granted()).as("whose lease is renewed").isEqualTo(granted);
    }

    private void promoted(Promote promote) {
        if (Long.valueOf(promote.joinEpoch()).equals(agreed().joined().get(promote.member()))) {
            promoted.add(promote.member());
        }
    }

    private void changed(Change change) {
        Epoch last = agreed();
        Map<MemberId, Long> joined = new TreeMap<>(last.joined());
        Set<MemberId> full = new TreeSet<>(last.full());
        full.addAll(promoted);
        change.drop().forEach(drop -> {
            if (counted.getOrDefault(drop.member(), 0L) <= drop.renewals()) {
                joined.remove(drop.member());
                full.remove(drop.member());
            }
        });
        change.add().stream()
                .filter(member -> !joined.containsKey(member))
                .forEach(member -> joined.put(member, last.number() + 1));
        boolean same = joined.equals(last.joined()) && full.equals(new TreeSet<>(last.full()));
        if (change.from() != last.number() || full.isEmpty() || same) {
            return;
        }
        promoted.clear();
        counted.keySet().removeIf(member -> !last.joined().get(member).equals(joined.get(member)));
        epochs.add(new Epoch(last.number() + 1, joined, List.copyOf(full)));
        note(agreed());
        for (MemberId member : full) {
            long stint = joined.get(member);
            assertThat(stint == 1 || synced.contains(new Stint(member, stint)))
                    .as("%s is full in %s and has all copies", member, agreed())
                    .isTrue();
        }
    }

    /** C2, L1: whoever holds its lease is in the agreed epoch and knows of its present stint. */
    void lease(MemberId member, Epochs epochsOfMember) {
        if (cluster.runs(member) && epochsOfMember.lease().isHeld()) {
            Long joined = agreed().joined().get(member);
            long known = epochsOfMember.epoch().orElseThrow().number();
            if (joined == null || known < joined) {
                throw new AssertionError(
                        member + " holds a lease and knows epoch " + known + "; agreed on: " + agreed());
            }
        }
    }

    @Override
    public String toString() {
        return "what was agreed on:\n" + String.join("\n", log);
    }
}
